"""Holds AWS's limits on how a real-time endpoint spreads its requests."""

from __future__ import annotations

from typing import Final

from pilotlight.catalog.evidence import assumed, documented
from pilotlight.catalog.limits import CREATE_ENDPOINT_CONFIG, Limit

VARIANT_WEIGHT: Final = Limit("InitialVariantWeight", 0, None, "of weight", CREATE_ENDPOINT_CONFIG, default=1)
PREFIX_LENGTH: Final = Limit("PrefixLength", 1024, 65536, "bytes", CREATE_ENDPOINT_CONFIG)
CONCURRENCY_THRESHOLD: Final = Limit("ConcurrencyThreshold", 1, 1024, "requests", CREATE_ENDPOINT_CONFIG)

UNSAID_STRATEGY: Final = "RANDOM"
"""How SageMaker routes when a variant has no RoutingConfig."""

UNSAID_STRATEGY_SOURCE: Final = assumed("an AWS article says random in one place, round-robin in another")

CONTAINER_RESPONSE: Final = Limit(
    "response of the container",
    None,
    60,
    "s",
    documented("SageMaker Developer Guide, Custom Inference Code with Hosting Services"),
)
"""How long a container may take to answer an invocation that is not streamed."""

REAL_TIME_BODY: Final = Limit(
    "Body", None, 25_000_000, "bytes", documented("SageMaker Developer Guide, Model Hosting FAQs")
)
"""The largest request that is answered at once; botocore and older guides say 6 MB."""
