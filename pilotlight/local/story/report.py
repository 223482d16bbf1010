"""Writes what the story saw to `story.json`, for machines, and keeps the file whole at any moment."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from .step import Told


def write_report(path: Path, told: Sequence[Told]) -> None:
    """Write `{"steps": [{"name", "status", "seconds", "saw"}]}` to `path`, replacing the file in one move."""
    steps = [
        {"name": each.name, "status": str(each.status), "seconds": round(each.seconds, 2), "saw": each.saw}
        for each in told
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps({"steps": steps}, indent=2) + "\n")
    draft.replace(path)
