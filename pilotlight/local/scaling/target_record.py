"""A scalable target as Application Auto Scaling keeps it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pilotlight.catalog.scaling import SERVICE_NAMESPACE
from pilotlight.hosting.scalable_target import ScalableTarget
from pilotlight.local.scaling.activity import ScalingActivity
from pilotlight.local.scaling.policy_record import PolicyRecord
from pilotlight.local.scaling.scaled_resource import ScaledResource
from pilotlight.local.scaling.scheduled_action import ScheduledActionRecord


@dataclass(slots=True)
class TargetRecord:
    """One resource that may be scaled, its policies and scheduled actions, and what goes on with it."""

    resource: ScaledResource
    state: ScalableTarget
    role_arn: str
    arn: str
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    suspended: dict[str, bool] = field(default_factory=dict)
    policies: dict[str, PolicyRecord] = field(default_factory=dict)
    scheduled: dict[str, ScheduledActionRecord] = field(default_factory=dict)
    activity: ScalingActivity | None = None
    """The change of capacity that is under way."""

    @property
    def resource_id(self) -> str:
        """What the API calls the resource."""
        return self.resource.id

    def describe(self) -> dict[str, Any]:
        """The target as `DescribeScalableTargets` shows it."""
        kinds = ("DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended")
        return {
            "ServiceNamespace": SERVICE_NAMESPACE,
            "ResourceId": self.resource_id,
            "ScalableDimension": self.resource.dimension,
            "MinCapacity": self.state.min_capacity,
            "MaxCapacity": self.state.max_capacity,
            "RoleARN": self.role_arn,
            "CreationTime": self.created,
            "SuspendedState": {kind: self.suspended.get(kind, False) for kind in kinds},
            "ScalableTargetARN": self.arn,
        }


def target_arn(region: str, account: str) -> str:
    """A new ARN for a scalable target."""
    return f"arn:aws:application-autoscaling:{region}:{account}:scalable-target/{uuid.uuid4().hex}"
