"""One stack of a deployment: its template, and where it is deployed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Stack:
    """A template under the name it is deployed with.

    Attributes:
        name: of the stack.
        template: its sections, without Metadata, Description and Tags.
        region: where it is deployed.
        account: where it is deployed; None when only the deployment knows.
        parameters: values beside or instead of the template's defaults.
    """

    name: str
    template: Mapping[str, Any]
    region: str
    account: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def section(self, name: str) -> Mapping[str, Any]:
        """Give a section of the template; an empty one when it has none that is a mapping."""
        found = self.template.get(name)
        return found if isinstance(found, Mapping) else {}

    def entry(self, section: str, name: Any) -> Any:
        """Give an entry of a section; None when there is none."""
        return self.section(section).get(name) if isinstance(name, str) else None
