"""Writes a fleet as the file that says it."""

from __future__ import annotations

from typing import Any, Final

import yaml

from pilotlight.spec.base import Spec
from pilotlight.spec.fleet import FleetSpec

ALWAYS_SAID: Final = frozenset({"kind", "policy", "track"})
"""Keys that say which of several things a mapping is: a reader should not have to know a default."""


def fleet_yaml(fleet: FleetSpec) -> str:
    """Give a fleet file that reads back as `fleet`; what the defaults say is left out."""
    said = _said(fleet, fleet.model_dump(mode="json"))
    return yaml.safe_dump(said, sort_keys=False)  # in ASCII: PyYAML 6 loses U+0085 otherwise


def _said(part: Any, written: Any) -> Any:
    if isinstance(part, dict):
        return {key: _said(value, written[key]) for key, value in part.items()}
    if not isinstance(part, Spec):
        return written
    values = {name: getattr(part, name) for name in written}
    defaults = {name: field.default for name, field in type(part).model_fields.items()}
    return {
        name: _said(value, written[name])
        for name, value in values.items()
        if name in ALWAYS_SAID or value != defaults[name]
    }
