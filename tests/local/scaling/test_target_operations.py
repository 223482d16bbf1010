"""Scalable targets: registered, described, deregistered, with the capacity inside their bounds."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.local.emulator.api_error import ApiError, ValidationError

COPIES = "sagemaker:inference-component:DesiredCopyCount"
STEP = {
    "AdjustmentType": "ChangeInCapacity",
    "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 1}],
}
COMPONENT = {"ResourceId": "inference-component/c", "ScalableDimension": COPIES}


def test_describes_what_was_registered(scaling: Any) -> None:
    """Without a role of its own a target has the service-linked one."""
    scaling("RegisterScalableTarget", MinCapacity=0, MaxCapacity=2)

    [target] = scaling.operations["DescribeScalableTargets"]({"ServiceNamespace": "sagemaker"})[
        "ScalableTargets"
    ]

    assert (0, 2) == (target["MinCapacity"], target["MaxCapacity"])
    assert target["RoleARN"].endswith("AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint")


def test_registering_again_changes_only_what_is_given(scaling: Any) -> None:
    """The other bound stays."""
    scaling("RegisterScalableTarget", MinCapacity=0, MaxCapacity=2)

    scaling("RegisterScalableTarget", MaxCapacity=5)

    [target] = scaling.operations["DescribeScalableTargets"]({"ServiceNamespace": "sagemaker"})[
        "ScalableTargets"
    ]
    assert (0, 5) == (target["MinCapacity"], target["MaxCapacity"])


def test_brings_the_capacity_inside_the_bounds(scaling: Any) -> None:
    """RegisterScalableTarget documents it, and the activity says why."""
    scaling("RegisterScalableTarget", MinCapacity=3, MaxCapacity=4)

    assert 3 == scaling.variants.desired
    assert "outside the minimum and maximum" in scaling.activities()[0]["Cause"]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"MinCapacity": 0}, "MinCapacity and MaxCapacity are required"),
        ({"MinCapacity": 3, "MaxCapacity": 1}, "3 to 1"),
        (
            {"MinCapacity": 0, "MaxCapacity": 1, "ResourceId": "endpoint/e/variant/x"},
            "No endpoint variant found",
        ),
        ({"MinCapacity": 0, "MaxCapacity": 1, "ResourceId": "inference-component/c"}, "Unsupported"),
        ({"MinCapacity": 0, "MaxCapacity": 1, "ScalableDimension": COPIES}, "Unsupported"),
        (
            COMPONENT | {"MinCapacity": 0, "MaxCapacity": 1, "ResourceId": "inference-component/x"},
            "No inference comp",
        ),
        ({"MinCapacity": 0, "MaxCapacity": 1, "ServiceNamespace": "ecs"}, "Unsupported"),
    ],
)
def test_fails_when_the_target_makes_no_sense(scaling: Any, request_: dict[str, Any], message: str) -> None:
    """Each refusal says what was given."""
    with pytest.raises(ValidationError, match=message):
        scaling("RegisterScalableTarget", **request_)

    assert (
        []
        == scaling.operations["DescribeScalableTargets"]({"ServiceNamespace": "sagemaker"})["ScalableTargets"]
    )


def test_deregistering_takes_the_policies_along(scaling: Any) -> None:
    """DeregisterScalableTarget documents it; their alarms go too."""
    scaling("RegisterScalableTarget", MinCapacity=0, MaxCapacity=2)
    scaling.policy()

    scaling("DeregisterScalableTarget")

    assert ["wake"] == scaling.alarms.deleted_for
    with pytest.raises(ApiError, match="No scalable target found"):
        scaling("DeregisterScalableTarget")


def test_a_deleted_endpoint_leaves_no_target(scaling: Any) -> None:
    """Nothing would be left to scale."""
    scaling("RegisterScalableTarget", MinCapacity=0, MaxCapacity=2)
    scaling.policy()

    scaling.operations["forget"]("e")

    assert ["wake"] == scaling.alarms.deleted_for
    assert (
        []
        == scaling.operations["DescribeScalableTargets"]({"ServiceNamespace": "sagemaker"})["ScalableTargets"]
    )


def test_a_component_is_scaled_by_its_copies(scaling: Any) -> None:
    """Its activities speak of copies, and it is listed under its own dimension."""
    scaling("RegisterScalableTarget", MinCapacity=2, MaxCapacity=4, **COMPONENT)

    listed = {"ServiceNamespace": "sagemaker", "ScalableDimension": COPIES}
    [target] = scaling.operations["DescribeScalableTargets"](listed)["ScalableTargets"]
    others = scaling.operations["DescribeScalableTargets"](
        listed | {"ScalableDimension": "sagemaker:variant:DesiredInstanceCount"}
    )
    assert ("inference-component/c", COPIES) == (target["ResourceId"], target["ScalableDimension"])
    assert "Setting desired copy count to 2." == scaling.activities()[0]["Description"]
    assert [] == others["ScalableTargets"]


def test_a_variant_is_scaled_by_its_provisioned_concurrency(scaling: Any) -> None:
    """A serverless variant has no instances: its target has a dimension of its own."""
    dimension = "sagemaker:variant:DesiredProvisionedConcurrency"
    scaling("RegisterScalableTarget", MinCapacity=2, MaxCapacity=4, ScalableDimension=dimension)

    assert "Setting desired provisioned concurrency to 2." == scaling.activities()[0]["Description"]
    with pytest.raises(ApiError, match="No scalable target found"):
        scaling("DeregisterScalableTarget")


def test_a_deleted_component_leaves_no_target(scaling: Any) -> None:
    """Its policies go with it."""
    scaling("RegisterScalableTarget", MinCapacity=0, MaxCapacity=4, **COMPONENT)
    scaling(
        "PutScalingPolicy",
        PolicyName="wake",
        PolicyType="StepScaling",
        StepScalingPolicyConfiguration=STEP,
        **COMPONENT,
    )

    scaling.operations["forget component"]("c")

    assert ["wake"] == scaling.alarms.deleted_for
    with pytest.raises(ApiError, match="No scalable target found"):
        scaling("DeregisterScalableTarget", **COMPONENT)
