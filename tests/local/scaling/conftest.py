"""Application Auto Scaling without an emulator: a clock that tests turn, variants and alarms in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from pilotlight.local.clock import ScaledClock
from pilotlight.local.control_plane.place import Place
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.emulator.json_service import checked
from pilotlight.local.scaling.policy_operations import PolicyOperations
from pilotlight.local.scaling.policy_record import PolicyRecord
from pilotlight.local.scaling.resource_capacity import Capacity
from pilotlight.local.scaling.scaled_resource import ScaledResource
from pilotlight.local.scaling.schedule_operations import ScheduleOperations
from pilotlight.local.scaling.target_operations import TargetOperations
from pilotlight.local.scaling.targets import Targets

EXISTING = ("endpoint/e/variant/v", "inference-component/c")

STARTED = datetime(2027, 1, 1, 12, tzinfo=UTC)
"""Where SageMaker's calendar begins: a Friday."""


class Wall:
    """A wall clock that stands still until a test turns it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.seconds


@dataclass
class Variants:
    """One variant, or one component; a change is reached when `arrive` is called."""

    current: int = 1
    desired: int = 1
    in_service: bool = True
    exists: bool = True
    refusal: str | None = None

    def look(self, resource: ScaledResource) -> Capacity | None:
        """The capacity of the one variant there is."""
        if resource.id not in EXISTING or not self.exists:
            return None
        return Capacity(self.current, self.desired, self.in_service)

    def change(self, resource: ScaledResource, count: int) -> None:
        """Want another count, or refuse."""
        if self.refusal is not None:
            raise ValidationError(self.refusal)
        self.desired, self.in_service = count, False

    def arrive(self) -> None:
        """Reach what is wanted."""
        self.current, self.in_service = self.desired, True


@dataclass
class AlarmNames:
    """Remembers which policies have managed alarms."""

    put_for: list[str] = field(default_factory=list)
    deleted_for: list[str] = field(default_factory=list)

    def put(self, record: PolicyRecord) -> None:
        """Remember a policy."""
        self.put_for.append(record.name)

    def delete(self, record: PolicyRecord) -> None:
        """Remember a deletion."""
        self.deleted_for.append(record.name)

    def of(self, record: PolicyRecord) -> list[dict[str, str]]:
        """No names."""
        return []


@dataclass
class Scaling:
    """Calls operations as a client does."""

    variants: Variants
    alarms: AlarmNames
    targets: Targets
    wall: Wall
    operations: dict[str, Any]

    def __call__(self, operation: str, **request: Any) -> dict[str, Any]:
        """Run an operation on checked input, on the one variant unless told otherwise."""
        named = {
            "ServiceNamespace": "sagemaker",
            "ResourceId": "endpoint/e/variant/v",
            "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
        }
        given = checked("application-autoscaling", operation, named | request)
        answer = self.operations[operation](given)
        return {} if answer is None else dict(answer)

    def policy(self, name: str = "wake", adjustment: int = 1, cooldown: int = 300) -> str:
        """Put a step policy; give its ARN."""
        steps = [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": adjustment}]
        config = {"AdjustmentType": "ChangeInCapacity", "StepAdjustments": steps, "Cooldown": cooldown}
        arn: str = self(
            "PutScalingPolicy",
            PolicyName=name,
            PolicyType="StepScaling",
            StepScalingPolicyConfiguration=config,
        )["PolicyARN"]
        return arn

    def activities(self) -> list[dict[str, Any]]:
        """What was done, the newest first."""
        found = self.operations["DescribeScalingActivities"]({"ServiceNamespace": "sagemaker"})
        return list(found["ScalingActivities"])


@pytest.fixture
def wall() -> Wall:
    """A clock that tests turn."""
    return Wall()


@pytest.fixture
def scaling(wall: Wall) -> Scaling:
    """Application Auto Scaling with one variant, not registered yet."""
    variants, alarms = Variants(), AlarmNames()
    clock = ScaledClock(60, monotonic=wall, started=STARTED)
    targets = Targets(variants, clock)
    place = Place("eu-west-1", "123456789012")
    on_targets = TargetOperations(place, targets, alarms)  # type: ignore[arg-type] # in memory
    on_policies = PolicyOperations(place, targets, alarms)  # type: ignore[arg-type] # in memory
    on_schedules = ScheduleOperations(place, targets)
    operations = {
        "RegisterScalableTarget": on_targets.register,
        "DescribeScalableTargets": on_targets.describe,
        "DeregisterScalableTarget": on_targets.deregister,
        "DescribeScalingActivities": on_targets.describe_activities,
        "PutScalingPolicy": on_policies.put,
        "DescribeScalingPolicies": on_policies.describe,
        "DeleteScalingPolicy": on_policies.delete,
        "PutScheduledAction": on_schedules.put,
        "DescribeScheduledActions": on_schedules.describe,
        "DeleteScheduledAction": on_schedules.delete,
        "forget": on_targets.forget_endpoint,
        "forget component": on_targets.forget_component,
    }
    return Scaling(variants, alarms, targets, wall, operations)
