"""The event a driver sends when a deadline of a state machine has come and nothing else happened."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimePassed:
    """Nothing happened but time: expire, time out or finish what `next_deadline` announced."""
