"""Which requests are copied to a shadow variant."""

from __future__ import annotations

from pilotlight.hosting.random_stream import RandomStream


def is_copied(shadow_weight: float, production_weight: float, random: RandomStream) -> bool:
    """Whether a request goes to the shadow too: so many of them as its weight is of the production's.

        share = shadow weight / production weight, at most all

    A production variant without a weight lets all be copied.
    """
    share = 1.0 if production_weight <= 0 else shadow_weight / production_weight
    return shadow_weight > 0 and random.random() < share
