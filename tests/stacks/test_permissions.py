"""No role may do more than it has to: wildcards are listed here with their reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

STACKS = (
    "Pilotlight-showcase-codegen",
    "Pilotlight-showcase-falcon",
    "Pilotlight-showcase-foundation",
    "Pilotlight-showcase-operations",
    "Pilotlight-starter-foundation",
    "Pilotlight-starter-ticket-intent",
)

ANY_RESOURCE = {
    "ecr:GetAuthorizationToken": "the API knows no resource",
    "cloudwatch:PutMetricData": "the API knows no resource; a condition limits the namespace",
}
"""Actions that a role may have on `*`."""


def statements(template: dict[str, Any], kind: str, key: str = "PolicyDocument") -> Iterator[dict[str, Any]]:
    """The allowing statements of all policies of a type."""
    for resource in template["Resources"].values():
        if resource["Type"] == kind:
            document = resource["Properties"].get(key, {"Statement": []})
            yield from (each for each in document["Statement"] if each["Effect"] == "Allow")


def listed(value: Any) -> list[Any]:
    """A value, or its parts, as a list."""
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("stack", STACKS)
def test_no_action_has_a_wildcard(stack: str, synthesized) -> None:
    """Actions are named one by one."""
    allowed = statements(synthesized.templates[stack], "AWS::IAM::Policy")

    assert [] == [action for each in allowed for action in listed(each["Action"]) if "*" in action]


@pytest.mark.parametrize("stack", STACKS)
def test_only_listed_actions_are_allowed_on_anything(stack: str, synthesized) -> None:
    """Everything else names its resources."""
    allowed = statements(synthesized.templates[stack], "AWS::IAM::Policy")
    wide = {
        action for each in allowed if "*" in listed(each["Resource"]) for action in listed(each["Action"])
    }

    assert wide <= {*ANY_RESOURCE}


@pytest.mark.parametrize("stack", STACKS)
def test_no_managed_policy_is_used(stack: str, synthesized) -> None:
    """Such as AmazonSageMakerFullAccess."""
    roles = [
        each
        for each in synthesized.templates[stack]["Resources"].values()
        if each["Type"] == "AWS::IAM::Role"
    ]

    assert [] == [role for role in roles if "ManagedPolicyArns" in role["Properties"]]


@pytest.mark.parametrize("stack", STACKS)
def test_services_come_with_a_condition(stack: str, synthesized) -> None:
    """A service that acts for others is held to this account; Lambda assumes roles for itself only."""
    template = synthesized.templates[stack]
    trusting = [
        *statements(template, "AWS::IAM::Role", "AssumeRolePolicyDocument"),
        *statements(template, "AWS::KMS::Key", "KeyPolicy"),
        *statements(template, "AWS::SQS::QueuePolicy"),
        *statements(template, "AWS::SNS::TopicPolicy"),
        *statements(template, "AWS::S3::BucketPolicy"),
    ]
    services = [each for each in trusting if "Service" in each["Principal"]]

    assert services
    assert {"lambda.amazonaws.com"} >= {
        each["Principal"]["Service"] for each in services if "Condition" not in each
    }
