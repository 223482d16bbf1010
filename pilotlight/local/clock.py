"""The clock of everything that belongs to SageMaker: wall time, compressed by the time scale."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from pilotlight.hosting.micros import SECOND, Micros


class ScaledClock:
    """Tells SageMaker time in integer microseconds since the start of the emulator.

    `scale` is how many seconds of SageMaker time pass in one second on the wall: 60 lets a minute pass in
    one second. Only SageMaker's, the alarms' and the scaling clocks run on it.
    """

    def __init__(
        self,
        scale: float = 1.0,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        started: datetime | None = None,
    ) -> None:
        if scale <= 0:
            msg = f"time scale must be above 0, got {scale}"
            raise ValueError(msg)
        self.scale = scale
        self._monotonic = monotonic
        self._origin = monotonic()
        self._started = datetime.now(UTC) if started is None else started

    def now(self) -> Micros:
        """The SageMaker time: microseconds since the start, never going back."""
        return int((self._monotonic() - self._origin) * self.scale * SECOND)

    def wall_seconds(self, micros: Micros) -> float:
        """How many seconds on the wall a span of `micros` of SageMaker time lasts."""
        return micros / SECOND / self.scale

    def calendar(self, micros: Micros) -> datetime:
        """The date and time that SageMaker's own calendar shows then: schedules go by it.

        It begins with the real one when the emulator starts, and runs ahead of it by the time scale.
        """
        return self._started + timedelta(microseconds=micros)

    def utc(self, micros: Micros) -> datetime:
        """The real date and time at which the SageMaker time is `micros`: for stamps that users read."""
        return self._started + timedelta(seconds=self.wall_seconds(micros))
