"""One transform job: what was asked for, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, RLock, Thread
from typing import Any, Final

from pilotlight.catalog.batch_transform import ENDED
from pilotlight.local.control_plane.model_record import ModelRecord

LONGEST_REASON: Final = 1024
"""Characters of a FailureReason (botocore 1.43.106, DescribeTransformJob)."""


class JobFailedError(Exception):
    """A job cannot go on; the message is its FailureReason."""


@dataclass(eq=False)
class TransformJob:
    """A job from its creation on. Thread-safe.

    changed: is told of every new status, the first one included.
    """

    name: str
    arn: str
    request: Mapping[str, Any]
    model: ModelRecord
    changed: Callable[[TransformJob], None]
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    status: str = "InProgress"
    failure_reason: str | None = None
    started: datetime | None = None
    ended: datetime | None = None
    stopping: Event = field(default_factory=Event)
    """Set when somebody stops it."""
    over: Event = field(default_factory=Event)
    """Set when its status is the last one."""
    _ends: list[Callable[[], None]] = field(default_factory=list)
    _lock: RLock = field(default_factory=RLock)
    """Held until somebody has heard of a new status, so that nobody hears of them in another order."""

    def begin(self) -> None:
        """Note that its instances are there: from now on it is billed."""
        self.started = datetime.now(UTC)

    def when_stopped(self, end: Callable[[], None]) -> None:
        """Have something end, on a thread of its own, when somebody stops the job; now if it was stopped."""
        with self._lock:
            self._ends.append(end)
            is_late = self.stopping.is_set()
        if is_late:
            end()

    def stop(self) -> bool:
        """Ask it to end; False when it has ended already."""
        with self._lock:
            if self.status in ENDED:
                return False
            self.status = "Stopping"
            self.stopping.set()
            ends, self._ends = self._ends, []
            self.changed(self)
        for end in ends:
            Thread(target=end, name=f"stop-{self.name}", daemon=True).start()
        return True

    def end(self, failure_reason: str | None = None) -> None:
        """Give it its last status: Stopped if it was stopped, else Failed with a reason, else Completed."""
        with self._lock:
            self.ended = datetime.now(UTC)
            if self.stopping.is_set():
                self.status = "Stopped"
            elif failure_reason is None:
                self.status = "Completed"
            else:
                self.status, self.failure_reason = "Failed", failure_reason[:LONGEST_REASON]
            self.changed(self)
        self.over.set()

    def described(self) -> dict[str, Any]:
        """What DescribeTransformJob answers."""
        given = {key: value for key, value in self.request.items() if key not in {"Tags", "TransformJobName"}}
        return {**given, "TransformStartTime": self.started, **self.summary()}

    def summary(self) -> dict[str, Any]:
        """What ListTransformJobs says of it."""
        return {
            "TransformJobName": self.name,
            "TransformJobArn": self.arn,
            "TransformJobStatus": self.status,
            "FailureReason": self.failure_reason,
            "CreationTime": self.created,
            "TransformEndTime": self.ended,
        }
