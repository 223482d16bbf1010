"""The files of a model directory, as its artefact will have them."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from pilotlight.spec.python_source import parsed

SHOWN = 6
"""Names that a refusal lists."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Names relative to the root, with forward slashes.

    Attributes:
        root: the directory.
        names: of its files, in order.
    """

    root: Path
    names: tuple[str, ...]

    @classmethod
    def below(cls, root: Path) -> ModelFiles:
        """List all files of a directory."""
        found = (Path(folder, name) for folder, _, names in os.walk(root) for name in names)
        return cls(root, tuple(sorted(each.relative_to(root).as_posix() for each in found)))

    @property
    def listed(self) -> str:
        """Some of the names, for a refusal."""
        more = "" if len(self.names) <= SHOWN else f" and {len(self.names) - SHOWN} more"
        return ", ".join(self.names[:SHOWN]) + more if self.names else "nothing"

    def at_root(self, patterns: Iterable[str]) -> tuple[str, ...]:
        """Give the files at the root that one of the patterns matches."""
        return tuple(name for name in self.anywhere(patterns) if "/" not in name)

    def anywhere(self, patterns: Iterable[str]) -> tuple[str, ...]:
        """Give the files whose own name one of the patterns matches."""
        wanted = tuple(patterns)
        return tuple(
            name for name in self.names if any(fnmatch(name.rpartition("/")[2], each) for each in wanted)
        )

    def functions_of(self, name: str) -> frozenset[str] | None:
        """Give the names that a script defines, without running it; None when only running would tell.

        Raises NotPython.
        """
        names = frozenset(_defined(parsed(self.root / name).body))
        return None if "*" in names else names


def _defined(body: Iterable[ast.stmt]) -> Iterator[str]:
    for each in body:
        match each:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from (alias.asname or alias.name for alias in names)
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.If(body=inside, orelse=otherwise) | ast.Try(body=inside, orelse=otherwise):
                yield from _defined((*inside, *otherwise))
            case _:
                pass
