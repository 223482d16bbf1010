"""Marks a validation of what a file says, where numbers must carry their units."""

from __future__ import annotations

from typing import Final

FROM_FILE: Final = "from file"
"""The pydantic context of such a validation."""
