"""Marks a validation of what a file says: numbers carry their units, and what it names can be deployed."""

from __future__ import annotations

from typing import Final

FROM_FILE: Final = "from file"
"""The pydantic context of such a validation."""
