"""Scaling policies: put, replaced under their ARN, described, deleted."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.local.emulator.api_error import ApiError, ValidationError

TRACKING = {
    "TargetValue": 5,
    "CustomizedMetricSpecification": {
        "Namespace": "AWS/SageMaker",
        "MetricName": "ApproximateBacklogSizePerInstance",
        "Dimensions": [{"Name": "EndpointName", "Value": "e"}],
        "Statistic": "Average",
    },
}


@pytest.fixture
def registered(scaling: Any) -> Any:
    """A registered target."""
    scaling("RegisterScalableTarget", MinCapacity=0, MaxCapacity=2)
    return scaling


def _track(scaling: Any, **config: Any) -> dict[str, Any]:
    answer: dict[str, Any] = scaling(
        "PutScalingPolicy",
        PolicyName="track",
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration=TRACKING | config,
    )
    return answer


def test_a_replaced_policy_keeps_its_arn(registered: Any) -> None:
    """Alarms that name it go on working."""
    first = registered.policy(adjustment=1)

    second = registered.policy(adjustment=2)

    assert first == second
    assert ":resource/sagemaker/endpoint/e/variant/v:policyName/wake" in first
    [policy] = registered("DescribeScalingPolicies")["ScalingPolicies"]
    assert 2 == policy["StepScalingPolicyConfiguration"]["StepAdjustments"][0]["ScalingAdjustment"]


def test_cooldowns_have_the_documented_defaults(registered: Any) -> None:
    """300 seconds out and in, when the policy leaves them open."""
    _track(registered)

    with registered.targets.held() as targets:
        policy = targets["endpoint/e/variant/v"].policies["track"].policy

    assert (300_000_000, 300_000_000) == (policy.scale_out_cooldown, policy.scale_in_cooldown)


def test_a_cooldown_of_nothing_is_a_cooldown(registered: Any) -> None:
    """0 is a value: it does not become the default."""
    _track(registered, ScaleInCooldown=0)

    with registered.targets.held() as targets:
        assert 0 == targets["endpoint/e/variant/v"].policies["track"].policy.scale_in_cooldown


def test_target_tracking_gets_its_alarms(registered: Any) -> None:
    """They are put with the policy and deleted with it."""
    _track(registered)

    registered("DeleteScalingPolicy", PolicyName="track")

    assert (["track"], ["track"]) == (registered.alarms.put_for, registered.alarms.deleted_for)
    assert [] == registered("DescribeScalingPolicies")["ScalingPolicies"]


def test_fails_when_the_target_is_not_registered(scaling: Any) -> None:
    """A policy belongs to a target."""
    with pytest.raises(ApiError, match="No scalable target found") as refusal:
        scaling.policy()

    assert "ObjectNotFoundException" == refusal.value.code


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ({"PolicyType": "StepScaling"}, "must have a type and its configuration"),
        (
            {
                "PolicyType": "StepScaling",
                "StepScalingPolicyConfiguration": {"AdjustmentType": "ChangeInCapacity"},
            },
            "step",
        ),
        (
            {
                "PolicyType": "TargetTrackingScaling",
                "TargetTrackingScalingPolicyConfiguration": TRACKING | {"TargetValue": 0},
            },
            "target",
        ),
        (
            {
                "PolicyType": "TargetTrackingScaling",
                "TargetTrackingScalingPolicyConfiguration": {
                    "TargetValue": 5,
                    "PredefinedMetricSpecification": {
                        "PredefinedMetricType": "SageMakerInferenceComponentInvocationsPerCopy"
                    },
                },
            },
            "SageMakerInferenceComponentInvocationsPerCopy has the dimensions InferenceComponentName",
        ),
    ],
)
def test_fails_when_the_policy_makes_no_sense(registered: Any, policy: dict[str, Any], message: str) -> None:
    """The target keeps the policies it had."""
    with pytest.raises(ValidationError, match=message):
        registered("PutScalingPolicy", PolicyName="p", **policy)

    assert [] == registered("DescribeScalingPolicies")["ScalingPolicies"]


def test_fails_when_there_is_no_such_policy(registered: Any) -> None:
    """Deleting twice is a mistake worth telling."""
    with pytest.raises(ApiError, match="No scaling policy found with name wake"):
        registered("DeleteScalingPolicy", PolicyName="wake")
