"""The longest time a limit of AWS allows, in the unit of the state machines."""

from __future__ import annotations

from pilotlight.catalog.limits import Limit
from pilotlight.hosting.micros import SECOND, Micros


def longest_time(limit: Limit) -> Micros:
    """Turn the maximum of a limit in seconds into microseconds. Raises LookupError when it has none."""
    if limit.maximum is None:
        raise LookupError(f"maximum of {limit.name}, got none, allowed a number of seconds")
    return limit.maximum * SECOND
