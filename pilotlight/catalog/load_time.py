"""Guesses how long a model takes to load, and what room it takes, from the size of its artefact."""

from __future__ import annotations

import math
from typing import Final

from pilotlight.catalog.evidence import assumed
from pilotlight.catalog.limits import STARTUP_HEALTH_CHECK_TIMEOUT, VOLUME_SIZE_GB, Limit

ASSUMED_BYTES_PER_SECOND: Final = 50 * 2**20
"""What an instance fetches and loads at least; nobody publishes it, so it is low."""

BY_SIZE: Final = assumed("the size of the artefact at 50 MiB/s, not less than 8 minutes")

VOLUME_BY_SIZE: Final = assumed("an archive and what is in it lie side by side, beside 10 GiB of other files")

MODEL_SIZE: Final = Limit("size of an artefact", 1, 512, "GiB", assumed("no more fits on the largest volume"))

LEAST_VOLUME_GIB: Final = 30
"""Less than that makes nothing cheaper that matters (assumed)."""


def load_seconds(size: int) -> int:
    """Give a limit, in whole minutes, for fetching or for loading an artefact of `size` bytes; see BY_SIZE.

    It stays between SageMaker's own limit for the first ping and the longest that AWS takes. A limit that is
    too long only delays bad news.
    """
    minutes = math.ceil(size / ASSUMED_BYTES_PER_SECOND / 60)
    least, most = STARTUP_HEALTH_CHECK_TIMEOUT.default, STARTUP_HEALTH_CHECK_TIMEOUT.maximum
    return max(least or 0, min(minutes * 60, most or 0))


def volume_gib(size_gib: int) -> int:
    """Give the volume for an artefact, in GiB; see VOLUME_BY_SIZE. It is AWS's largest at most."""
    return min(max(LEAST_VOLUME_GIB, 2 * size_gib + 10), VOLUME_SIZE_GB.maximum or 0)
