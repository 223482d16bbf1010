"""Takes out of a template what CloudFormation does nothing with: metadata, descriptions, tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

NOTHING_DONE: Final = frozenset({"Description", "Metadata", "Tags"})
"""Keys of a template, of a resource and of its properties that are stripped before anything is read."""

NAMED_ENTRIES: Final = frozenset({"Conditions", "Mappings", "Outputs", "Parameters", "Resources"})
"""Sections whose keys are names that somebody chose; an output may be called `Description`."""


def stripped(template: Mapping[str, Any]) -> dict[str, Any]:
    """Give a template without them; what is called like them elsewhere stays, as a variable `Tags`."""
    return {
        key: _without(section, 2) if key in NAMED_ENTRIES else section
        for key, section in template.items()
        if key not in NOTHING_DONE
    }


def _without(section: Any, deep: int) -> Any:
    """Strip the entries of a section, and the `Properties` of each."""
    if not isinstance(section, Mapping):
        return section
    if deep == 2:  # noqa: PLR2004 (the names)
        return {name: _without(entry, 1) for name, entry in section.items()}
    return {
        key: _without(value, 0) if key == "Properties" and deep else value
        for key, value in section.items()
        if key not in NOTHING_DONE
    }
