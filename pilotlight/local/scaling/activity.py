"""The scaling activities of a region: what Application Auto Scaling did, why, and how it came out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pilotlight.catalog.scaling import SERVICE_NAMESPACE


@dataclass(slots=True)
class ScalingActivity:
    """One change of capacity."""

    resource_id: str
    dimension: str
    previous: int
    capacity: int
    cause: str
    counted: str = "instance count"
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    ended: datetime | None = None
    status: str = "InProgress"
    message: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def __post_init__(self) -> None:
        """Say that it goes on."""
        self.message = f"Setting the desired {self.counted} is in progress."

    def end(self, status: str, message: str) -> None:
        """Say how it came out; `status` is `Successful`, `Failed` or `Overridden`."""
        self.status, self.message, self.ended = status, message, datetime.now(UTC)

    def describe(self) -> dict[str, Any]:
        """The activity as `DescribeScalingActivities` shows it."""
        shown = {
            "ActivityId": self.id,
            "ServiceNamespace": SERVICE_NAMESPACE,
            "ResourceId": self.resource_id,
            "ScalableDimension": self.dimension,
            "Description": f"Setting desired {self.counted} to {self.capacity}.",
            "Cause": self.cause,
            "StartTime": self.started,
            "EndTime": self.ended,
            "StatusCode": self.status,
            "StatusMessage": self.message,
        }
        return {key: value for key, value in shown.items() if value is not None}
