"""Where a construct is, for messages; asked for when one is written, because asking crosses to Node."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct


@dataclass(frozen=True, slots=True)
class ConstructPath:
    """The path of a construct, or of a child that it will have; its text is the path.

    Attributes:
        scope: the construct.
        child: id of the child. Default: the construct itself is meant.
    """

    scope: Construct
    child: str = ""

    def __str__(self) -> str:
        path: str = self.scope.node.path
        return f"{path}/{self.child}" if self.child else path
