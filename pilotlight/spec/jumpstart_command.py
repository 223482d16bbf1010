"""Writes the command that puts a JumpStart model into the lock file, for refusals to say."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Final

LOCK_FILE: Final = "jumpstart.lock.json"
"""The name of the file beside the fleet file."""


def lock_command(
    model_id: str, *, file: Path | str = LOCK_FILE, version: str | None = None, regions: Iterable[str] = ()
) -> str:
    """Give the command as a shell takes it, from the directory that `file` is relative to."""
    words = ["pilotlight", "jumpstart", "lock", model_id]
    words += [] if version is None else ["--version", version]
    words += [word for region in regions for word in ("--region", region)]
    words += [] if str(file) == LOCK_FILE else ["--lock", str(file)]
    return shlex.join(words)
