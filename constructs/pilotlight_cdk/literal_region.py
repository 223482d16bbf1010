"""Gives the region of a stack where it must be known at synth."""

from __future__ import annotations

from aws_cdk import Token
from constructs import Construct

from pilotlight.spec import FleetRefused, Refusal
from pilotlight_cdk.location import Location


def literal_region(scope: Construct, where: str) -> str:
    """Give the region of the stack of `scope`. Raises FleetRefused at `where` when only AWS knows it."""
    region = Location.of(scope).region
    if Token.is_unresolved(region):
        what = "the image depends on a region that is not known"
        hint = "give the stack env=Environment(region=...), or use ModelImage.from_uri"
        raise FleetRefused((Refusal("", None, where, what, hint=hint),))
    return region
