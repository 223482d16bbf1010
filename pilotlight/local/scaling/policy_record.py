"""A scaling policy as Application Auto Scaling keeps it, and as `pilotlight.hosting` runs it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pilotlight.catalog.scaling import POLICY_RESOURCE, SCALE_IN_COOLDOWN, SCALE_OUT_COOLDOWN, STEP_COOLDOWN
from pilotlight.hosting.capacity_decision import ScalingPolicy
from pilotlight.hosting.metric import Statistic
from pilotlight.hosting.micros import SECOND, Micros
from pilotlight.hosting.step_scaling import AdjustmentType, Aggregation, StepAdjustment, StepScaling
from pilotlight.hosting.target_tracking import TargetTracking
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.scaling.scaled_resource import ScaledResource
from pilotlight.local.scaling.tracked_metric import TrackedMetric, tracked

Config = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PolicyRecord:
    """One policy of a scalable target."""

    name: str
    arn: str
    request: Config
    """The members of PutScalingPolicy."""
    policy: ScalingPolicy
    created: datetime

    @property
    def tracked_metric(self) -> Config | None:
        """The metric of a target tracking policy, as an alarm names it; None for a step policy."""
        tracking = self.request.get("TargetTrackingScalingPolicyConfiguration")
        return None if tracking is None else tracked(ScaledResource.parse(self.request), tracking).metric

    @classmethod
    def parse(cls, request: Config, *, region: str, account: str, known: PolicyRecord | None) -> PolicyRecord:
        """From the members of PutScalingPolicy; a `known` policy keeps its ARN. Raises ValidationError."""
        name, resource = request["PolicyName"], request["ResourceId"]
        where = f"arn:aws:autoscaling:{region}:{account}:{POLICY_RESOURCE}:{uuid.uuid4()}"
        arn = f"{where}:resource/sagemaker/{resource}:policyName/{name}" if known is None else known.arn
        created = datetime.now(UTC) if known is None else known.created
        try:
            return cls(name, arn, request, _policy(request), created)
        except ValueError as error:
            raise ValidationError(str(error)) from error


def _policy(request: Config) -> ScalingPolicy:
    kind, name = request.get("PolicyType"), request["PolicyName"]
    if kind == "StepScaling" and "StepScalingPolicyConfiguration" in request:
        return _step_scaling(name, request["StepScalingPolicyConfiguration"])
    if kind == "TargetTrackingScaling" and "TargetTrackingScalingPolicyConfiguration" in request:
        tracking = request["TargetTrackingScalingPolicyConfiguration"]
        return _target_tracking(name, tracking, tracked(ScaledResource.parse(request), tracking))
    msg = f"a policy must have a type and its configuration, got {kind} and {sorted(request)}"
    raise ValueError(msg)


def _step_scaling(name: str, config: Config) -> StepScaling:
    return StepScaling(
        name=name,
        adjustment_type=AdjustmentType(config.get("AdjustmentType", "none given")),
        steps=tuple(
            StepAdjustment(
                each["ScalingAdjustment"],
                lower_bound=each.get("MetricIntervalLowerBound"),
                upper_bound=each.get("MetricIntervalUpperBound"),
            )
            for each in config.get("StepAdjustments", ())
        ),
        cooldown=_micros(config.get("Cooldown", STEP_COOLDOWN.default)),
        min_adjustment_magnitude=config.get("MinAdjustmentMagnitude"),
        aggregation=Aggregation(config.get("MetricAggregationType", "Average")),
    )


def _target_tracking(name: str, config: Config, followed: TrackedMetric) -> TargetTracking:
    return TargetTracking(
        name=name,
        target=config["TargetValue"],
        statistic=Statistic(followed.metric["Statistic"]),
        period=followed.period,
        scale_out_cooldown=_micros(config.get("ScaleOutCooldown", SCALE_OUT_COOLDOWN.default)),
        scale_in_cooldown=_micros(config.get("ScaleInCooldown", SCALE_IN_COOLDOWN.default)),
        disable_scale_in=config.get("DisableScaleIn", False),
    )


def _micros(seconds: int) -> Micros:
    return seconds * SECOND
