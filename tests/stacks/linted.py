"""What cfn-lint says of a template."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def linted(template: dict[str, Any], folder: Path) -> list[Any]:
    """Give the matches of a template, which is in a folder for that long."""
    from cfnlint import lint_file  # noqa: PLC0415 - takes a second, and every lane collects every test
    from cfnlint.config import ManualArgs  # noqa: PLC0415 - as above

    file = folder / "linted.json"
    file.write_text(json.dumps(template), encoding="utf-8")
    found = list(lint_file(file, ManualArgs(regions=["us-east-1"])))
    file.unlink()
    return found
