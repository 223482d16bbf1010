"""Which metrics SageMaker publishes of an endpoint beside the usual, and how often."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final

from pydantic import AfterValidator

from pilotlight.catalog.metrics import PUBLISH_FREQUENCIES
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import Duration
from pilotlight.spec.refusing import refused

ALLOWED: Final = ", ".join(f"{seconds}s" for seconds in PUBLISH_FREQUENCIES)


def _frequency(value: timedelta) -> timedelta:
    if value.total_seconds() not in PUBLISH_FREQUENCIES:
        raise refused("not a frequency of SageMaker's", allowed=ALLOWED)
    return value


class MetricsConfig(Spec):
    """Metrics beside the usual; CloudWatch bills each of them."""

    enhanced_metrics: bool = True
    """Publish use and invocations of each instance, not only of all together."""

    detailed_observability: bool = True
    """Publish what containers measure themselves, each GPU, and each instance. SageMaker itself does so."""

    publish_frequency: Annotated[Duration, AfterValidator(_frequency)] = timedelta(seconds=60)
    """How often: every 10, 30, 60, 120, 180, 240 or 300 seconds.

    Without `enhanced_metrics` only the use of the hardware is published as often."""
