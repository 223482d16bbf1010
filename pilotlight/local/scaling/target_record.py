"""A scalable target as Application Auto Scaling keeps it."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pilotlight.catalog.scaling import SCALABLE_DIMENSION, SERVICE_NAMESPACE
from pilotlight.hosting.scalable_target import ScalableTarget
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.scaling.activity import ScalingActivity
from pilotlight.local.scaling.policy_record import PolicyRecord

_VARIANT = re.compile(r"endpoint/(?P<endpoint>[^/]+)/variant/(?P<variant>[^/]+)")


@dataclass(slots=True)
class TargetRecord:
    """One production variant that may be scaled, its policies, and what goes on with it."""

    resource_id: str
    endpoint: str
    variant: str
    state: ScalableTarget
    role_arn: str
    arn: str
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    suspended: dict[str, bool] = field(default_factory=dict)
    policies: dict[str, PolicyRecord] = field(default_factory=dict)
    activity: ScalingActivity | None = None
    """The change of capacity that is under way."""

    def describe(self) -> dict[str, Any]:
        """The target as `DescribeScalableTargets` shows it."""
        kinds = ("DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended")
        return {
            "ServiceNamespace": SERVICE_NAMESPACE,
            "ResourceId": self.resource_id,
            "ScalableDimension": SCALABLE_DIMENSION,
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


def parse_resource_id(request: dict[str, Any]) -> tuple[str, str]:
    """The endpoint and variant that a request names. Raises ValidationError for anything but a variant."""
    found = _VARIANT.fullmatch(request["ResourceId"])
    named = (request["ServiceNamespace"], request["ScalableDimension"])
    if found is None or named != (SERVICE_NAMESPACE, SCALABLE_DIMENSION):
        msg = (
            "Unsupported service namespace, resource type or scalable dimension: got"
            f" {named[0]}, {request['ResourceId']}, {named[1]};"
            f" the embedded AWS scales endpoint/<name>/variant/<name> by {SCALABLE_DIMENSION}"
        )
        raise ValidationError(msg)
    return found["endpoint"], found["variant"]
