"""Orders the versions of a model."""

from __future__ import annotations

import re
from collections.abc import Iterable


def oldest_first(versions: Iterable[str]) -> tuple[str, ...]:
    """Sort versions by their numbers, so that 2.3.10 comes after 2.3.9."""
    return tuple(
        sorted(versions, key=lambda version: ([int(n) for n in re.findall(r"\d+", version)], version))
    )
