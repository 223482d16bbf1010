"""What is said of an error that nobody foresaw: words for its user, its place for a programmer."""

from __future__ import annotations

import os
import traceback
from typing import Final

from pilotlight.spec.refusal import printable

SHOW_TRACEBACK: Final = "PILOTLIGHT_TRACEBACK"
"""The environment variable that also shows where it came from."""


def unforeseen(error: Exception) -> str:
    """Say what happened in one line; prints the traceback to whoever asked for it."""
    if os.environ.get(SHOW_TRACEBACK):
        traceback.print_exception(error)
    said = printable(str(error).strip().partition("\n")[0])
    return f"pilotlight: {type(error).__name__}: {said} (set {SHOW_TRACEBACK}=1 to see where)"
