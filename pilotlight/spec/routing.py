"""Which instance takes a request: the strategies of SageMaker, and what each needs."""

from __future__ import annotations

from typing import Any, Literal

from pilotlight.spec.refusing import refused

RoutingStrategy = Literal["LEAST_OUTSTANDING_REQUESTS", "RANDOM", "PREFIX_AWARE"]


def refuse_unfit_prefix(name: str, value: Any, strategy: RoutingStrategy) -> None:
    """Raise when a number of PREFIX_AWARE is missing, or given to another strategy.

    SageMaker needs both with it (botocore 1.44.5, CreateEndpointConfig).
    """
    if strategy == "PREFIX_AWARE" and value is None:
        raise refused(f"PREFIX_AWARE without {name}", got="nothing", allowed="a number")
    if strategy != "PREFIX_AWARE" and value is not None:
        raise refused(f"only PREFIX_AWARE has a {name}", allowed="nothing, or routing_strategy PREFIX_AWARE")
