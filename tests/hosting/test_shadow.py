"""A shadow variant gets a share of the requests, reckoned from two weights."""

from __future__ import annotations

from random import Random

import pytest

from pilotlight.hosting.shadow import is_copied


@pytest.mark.parametrize(
    ("shadow", "production", "share"),
    [(1, 1, 1.0), (0.25, 1, 0.25), (1, 4, 0.25), (3, 1, 1.0), (0, 1, 0.0), (1, 0, 1.0), (0, 0, 0.0)],
)
def test_the_share_is_the_ratio_of_the_weights(shadow: float, production: float, share: float) -> None:
    """At most all; within four standard deviations of 4,000 draws."""
    random = Random(7)
    copied = sum(is_copied(shadow, production, random) for _ in range(4_000)) / 4_000

    assert share == pytest.approx(copied, abs=4 * (share * (1 - share) / 4_000) ** 0.5 + 1e-9)
