"""Gives the region of a stack where it must be known at synth."""

from __future__ import annotations

from constructs import Construct

from pilotlight.spec import FleetRefused, Refusal
from pilotlight_cdk.literal import may_be_token
from pilotlight_cdk.location import Location


def literal_region(scope: Construct, where: object, keyword: str) -> str:
    """Give the region of the stack of `scope`. Raises FleetRefused when only AWS knows it.

    Args:
        scope: the construct.
        where: what needs the region, for the message.
        keyword: what of it does.
    """
    region = Location.of(scope).region
    if may_be_token(region):
        what = "the image depends on a region that is not known"
        hint = "give the stack env=Environment(region=...), or use ModelImage.from_uri"
        raise FleetRefused((Refusal("", None, f"{where}.{keyword}", what, hint=hint),))
    return region
