"""Reads the file of a template: JSON, or YAML with CloudFormation's short tags."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from pilotlight.spec.refusal import FleetRefused, Refusal
from pilotlight.template.short_tags import yaml_data

MOST_BYTES: Final = 10_000_000
"""Of a file; templates that CloudFormation takes are far smaller."""


def template_text(file: Path) -> dict[str, Any]:
    """Read a file that holds a mapping. Raises FleetRefused when it does not."""
    text = _text(file)
    data = _json(text, file) if text.lstrip()[:1] in ("{", "[") else yaml_data(text, file)
    if not isinstance(data, dict):
        raise refused(file, "not a template", "a mapping with Resources")
    return data


def refused(file: Path, what: str, allowed: str = "", line: int | None = None) -> FleetRefused:
    """Make the refusal of a file that cannot be read at all."""
    return FleetRefused((Refusal(str(file), line, "", what, allowed=allowed),))


def _text(file: Path) -> str:
    try:
        raw = file.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise refused(file, f"cannot be read: {reason}") from None
    if len(raw) > MOST_BYTES:
        raise refused(file, "the file is too large", f"{MOST_BYTES} bytes")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refused(file, "not text", "UTF-8") from None


def _json(text: str, file: Path) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise refused(file, f"not JSON: {error.msg.lower()}", line=error.lineno) from None
    except ValueError:
        raise refused(file, "a number with too many digits") from None
