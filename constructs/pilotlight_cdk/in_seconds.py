"""Writes durations as SageMaker takes them."""

from __future__ import annotations

from datetime import timedelta


def in_seconds(duration: timedelta | None) -> int | None:
    """Give whole seconds; nothing for nothing."""
    return None if duration is None else round(duration.total_seconds())
