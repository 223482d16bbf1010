"""What CloudFormation does with scalable targets and scaling policies."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.local.emulator.resource_type import ResourceFailed, ResourceRequest
from pilotlight.local.scaling.cloudformation import ScalableTargetType, ScalingPolicyType

TARGET: dict[str, Any] = {
    "ServiceNamespace": "sagemaker",
    "ResourceId": "endpoint/e/variant/v",
    "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
    "MinCapacity": "0",
    "MaxCapacity": 2,
}
TARGET_ID = "endpoint/e/variant/v|sagemaker:variant:DesiredInstanceCount|sagemaker"
POLICY: dict[str, Any] = {
    "PolicyName": "wake",
    "PolicyType": "StepScaling",
    "ScalingTargetId": TARGET_ID,
    "StepScalingPolicyConfiguration": {
        "AdjustmentType": "ChangeInCapacity",
        "StepAdjustments": [{"MetricIntervalLowerBound": "0", "ScalingAdjustment": 1}],
    },
}
ACTION: dict[str, Any] = {
    "ScheduledActionName": "day",
    "Schedule": "cron(0 8 ? * MON-FRI *)",
    "Timezone": "Europe/Berlin",
    "StartTime": "2027-01-02T03:04:05Z",
    "ScalableTargetAction": {"MinCapacity": "1", "MaxCapacity": 2},
}


class Regions:
    """Gives the same operations for every region."""

    def __init__(self, operations: dict[str, Any]) -> None:
        self._operations = operations

    def operations(self) -> dict[str, Any]:
        """Application Auto Scaling's."""
        return self._operations


@pytest.fixture
def types(scaling: Any) -> tuple[ScalableTargetType, ScalingPolicyType]:
    """Both types on one region."""
    region: Any = Regions(scaling.operations)
    return ScalableTargetType(lambda _: region), ScalingPolicyType(lambda _: region)


def _request(properties: dict[str, Any]) -> ResourceRequest:
    return ResourceRequest("eu-west-1", "Logical", "generated", properties)


def test_references_are_those_of_aws(types: Any) -> None:
    """Ref of a target is its id, Ref of a policy its ARN; a policy may name its target by that id."""
    target, policy = (
        kind.create(_request(given)) for kind, given in zip(types, (TARGET, POLICY), strict=True)
    )

    assert TARGET_ID == target.physical_id
    assert policy.physical_id.endswith(":policyName/wake")
    assert policy.physical_id == policy.attributes["Arn"]


def test_updates_keep_the_references(types: Any, scaling: Any) -> None:
    """Bounds and steps change in place."""
    made = [kind.create(_request(given)) for kind, given in zip(types, (TARGET, POLICY), strict=True)]
    bounds = types[0].update(made[0].physical_id, TARGET, _request(TARGET | {"MaxCapacity": 7}))
    steps = types[1].update(made[1].physical_id, POLICY, _request(POLICY))

    assert made == [bounds, steps]
    [target] = scaling.operations["DescribeScalableTargets"]({"ServiceNamespace": "sagemaker"})[
        "ScalableTargets"
    ]
    assert 7 == target["MaxCapacity"]


def test_scheduled_actions_come_and_go_with_their_target(types: Any, scaling: Any) -> None:
    """Those that a template no longer says are deleted, the others put again."""
    night = ACTION | {"ScheduledActionName": "night", "Schedule": "cron(0 20 ? * * *)"}
    scheduled = TARGET | {"ScheduledActions": [ACTION, night]}
    types[0].create(_request(scheduled))
    first = [each["ScheduledActionName"] for each in scaling("DescribeScheduledActions")["ScheduledActions"]]
    changed = TARGET | {"ScheduledActions": [night | {"Timezone": "UTC"}]}
    types[0].update(TARGET_ID, scheduled, _request(changed))
    (left,) = scaling("DescribeScheduledActions")["ScheduledActions"]

    assert ["day", "night"] == first
    assert ("night", "UTC", {"MinCapacity": 1, "MaxCapacity": 2}) == (
        left["ScheduledActionName"],
        left["Timezone"],
        left["ScalableTargetAction"],
    )
    assert "2027-01-02T03:04:05+00:00" == left["StartTime"].isoformat()


def test_deleting_what_is_gone_is_no_fault(types: Any) -> None:
    """Deleting the endpoint took target and policy along."""
    types[1].delete("eu-west-1", "arn", POLICY)
    types[0].delete("eu-west-1", TARGET_ID, TARGET)


def test_a_deleted_policy_is_gone(types: Any, scaling: Any) -> None:
    """And the target still there."""
    for kind, given in zip(types, (TARGET, POLICY), strict=True):
        kind.create(_request(given))

    types[1].delete("eu-west-1", "arn", POLICY)

    assert [] == scaling("DescribeScalingPolicies")["ScalingPolicies"]


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        (TARGET | {"MinCapacity": "few"}, "'few' at 'minCapacity'"),
        (TARGET | {"ScheduledActions": [ACTION | {"Schedule": "at(noon)"}]}, "got noon"),
        (TARGET | {"ResourceId": "endpoint/none/variant/v"}, "No endpoint variant found"),
    ],
)
def test_fails_with_the_reason(types: Any, properties: dict[str, Any], message: str) -> None:
    """CloudFormation shows it and rolls back."""
    with pytest.raises(ResourceFailed, match=message):
        types[0].create(_request(properties))
