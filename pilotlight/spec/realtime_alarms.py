"""When an endpoint that answers at once calls for help."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import AfterValidator, Field

from pilotlight.spec.base import Spec
from pilotlight.spec.latency import Latency
from pilotlight.spec.refusing import refused


def _short_enough(value: float) -> float:
    """Hold a percentile to what is the same as a name, `p99.99`."""
    if re.fullmatch(r"[0-9.]+", name := f"{value:g}") is None or float(name) != value:
        raise refused("too fine a percentile", allowed="six digits at most, and 0.0001 or more")
    return value


class RealtimeAlarms(Spec):
    """Thresholds of the alarms; null leaves an alarm out. All look at five minutes at a time."""

    server_error_percent: Annotated[float, Field(gt=0, le=100)] | None = 5.0
    """Alarm when the model fails on this share of the requests (status 5xx)."""

    model_latency: Latency | None = None
    """Alarm when the model takes this long. Default: no alarm, as only you know what is slow."""

    overhead_latency: Latency | None = None
    """Alarm when SageMaker adds this much to the time of the model. Default: no alarm."""

    latency_percentile: Annotated[float, Field(gt=0, lt=100), AfterValidator(_short_enough)] | None = None
    """Which requests the two alarms on latency look at: at 99 the slowest 1 % take that long. Default: their
    average, which hides a slow few."""

    @property
    def in_effect(self) -> Self:
        """The same alarms; without one on latency there are no requests to look at."""
        looks = self.model_latency is not None or self.overhead_latency is not None
        return self if looks else self.model_copy(update={"latency_percentile": None})
