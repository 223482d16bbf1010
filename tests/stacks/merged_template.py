"""Puts templates together, so that what looks at templates one by one can look at many at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def merged(templates: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Give one template with the resources of all; the logical ids of each get a prefix of its own."""
    resources: dict[str, Any] = {}
    for number, template in enumerate(templates):
        prefix = f"T{number}"
        known = {name: f"{prefix}{name}" for name in template.get("Resources", {})}
        resources |= {known[name]: _renamed(one, known) for name, one in template["Resources"].items()}
    return {"Resources": resources}


def _renamed(part: Any, known: dict[str, str]) -> Any:
    match part:
        case {"Ref": str(name)}:
            return {"Ref": known.get(name, name)}
        case {"Fn::GetAtt": [str(name), attribute]}:
            return {"Fn::GetAtt": [known.get(name, name), attribute]}
        case dict():
            return {
                key: _depends(value, known) if key == "DependsOn" else _renamed(value, known)
                for key, value in part.items()
            }
        case list():
            return [_renamed(one, known) for one in part]
        case _:
            return part


def _depends(names: Any, known: dict[str, str]) -> Any:
    return known[names] if isinstance(names, str) else [known[name] for name in names]
