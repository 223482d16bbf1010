"""Reads how a variant routes its requests."""

from __future__ import annotations

from pilotlight.hosting.model_affinity import PlainStrategy
from pilotlight.hosting.routing import LeastOutstandingRequests, PrefixAware, RandomRouting
from pilotlight.local.control_plane.variant_record import VariantRecord

UNSAID = RandomRouting()
"""What a variant without a RoutingConfig does: nobody documents it. Assumed: what SageMaker did before
there was a choice."""


def strategy_of(variant: VariantRecord) -> PlainStrategy:
    """The strategy of a production variant, as `RoutingConfig` names it. Raises ValueError."""
    config = variant.properties.get("RoutingConfig", {})
    match config.get("RoutingStrategy"):
        case None:
            return UNSAID
        case "RANDOM":
            return RandomRouting()
        case "LEAST_OUTSTANDING_REQUESTS":
            return LeastOutstandingRequests()
        case "PREFIX_AWARE":
            prefix = config.get("PrefixAwareRoutingConfig", {})
            return PrefixAware(prefix.get("PrefixLength", 0), prefix.get("ConcurrencyThreshold", 0))
        case other:
            raise ValueError(f"the embedded AWS has no routing strategy {other}")
