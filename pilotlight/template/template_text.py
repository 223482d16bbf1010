"""Reads the file of a template: JSON, or YAML with CloudFormation's short tags."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from pilotlight.spec.json_text import json_data
from pilotlight.spec.refusal import FleetRefused, Refusal
from pilotlight.spec.text_file import text_of
from pilotlight.template.short_tags import yaml_data

MOST_BYTES: Final = 10_000_000
"""Of a file; templates that CloudFormation takes are far smaller."""


def template_text(file: Path) -> dict[str, Any]:
    """Read a file that holds a mapping. Raises FleetRefused when it does not."""
    text = text_of(file, MOST_BYTES)
    data = json_data(text, file) if text.lstrip()[:1] in ("{", "[") else yaml_data(text, file)
    if not isinstance(data, dict):
        raise refused(file, "not a template", "a mapping with Resources")
    return data


def refused(file: Path, what: str, allowed: str) -> FleetRefused:
    """Make the refusal of a file that cannot be read at all."""
    return FleetRefused((Refusal(str(file), None, "", what, allowed=allowed),))
