"""Publishes, once a minute of SageMaker time, how long the queue of an endpoint is."""

from __future__ import annotations

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.hosting.async_metrics import PUBLISH_INTERVAL, backlog_metrics
from pilotlight.hosting.micros import Micros
from pilotlight.local.clock import ScaledClock
from pilotlight.local.endpoint.measurements import Measurements
from pilotlight.local.endpoint.request_line import RequestLine


class BacklogSampler:
    """Samples on the minute, so that each period of an alarm holds one value. For the driver's thread."""

    def __init__(self, line: RequestLine, measurements: Measurements, clock: ScaledClock) -> None:
        self._line = line
        self._measurements = measurements
        self.next_deadline: Micros = _next_minute(clock.now())

    def pass_time(self, now: Micros) -> None:
        """Publish if the minute is over."""
        if now >= self.next_deadline:
            self._measurements.put(backlog_metrics(self._line.queue, now), VARIANT_NAME)
            self.next_deadline = _next_minute(now)


def _next_minute(now: Micros) -> Micros:
    return (now // PUBLISH_INTERVAL + 1) * PUBLISH_INTERVAL
