"""Finds the places of the spec that refuse something, and which of them have been reached."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pilotlight.spec import refusing

SPEC = Path(refusing.__file__).parent

Site = tuple[str, int]
"""A file of the spec, and the line on which a refusal begins."""


def rule_sites() -> set[Site]:
    """Give every call of `refused` in the source of the spec."""
    return {
        (file.name, node.lineno)
        for file in SPEC.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "refused"
    }


@contextmanager
def reached_sites() -> Iterator[set[Site]]:
    """Note which of them are called while the context lasts."""
    reached: set[Site] = set()
    plain = refusing.refused

    def noting(*words: Any, **named: Any) -> Any:
        caller = sys._getframe(1)
        reached.add((Path(caller.f_code.co_filename).name, caller.f_lineno))
        return plain(*words, **named)

    modules = [
        module
        for name, module in sys.modules.items()
        if name.startswith("pilotlight.spec.") and getattr(module, "refused", None) is plain
    ]
    for module in modules:
        module.refused = noting  # type: ignore[attr-defined]
    try:
        yield reached
    finally:
        for module in modules:
            module.refused = plain  # type: ignore[attr-defined]
