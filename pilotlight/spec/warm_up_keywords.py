"""What Python says of a warm-up, where a fleet file has it below its endpoint."""

from __future__ import annotations

from pilotlight.spec.base import Spec
from pilotlight.spec.warm_up import WarmUpSpec


class WarmUpKeywords(Spec):
    """The part of it that is no construct."""

    terms: WarmUpSpec
    """How often, how fast, what is sent."""
