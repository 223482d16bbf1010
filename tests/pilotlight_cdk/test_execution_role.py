"""The role of a model: what it may do stands in policies that IAM takes, each thing once."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from pilotlight.catalog.limits import INLINE_POLICIES, MANAGED_POLICY


@pytest.fixture
def role(new_stack: Any) -> Any:
    """A role of a stack of its own."""
    from pilotlight_cdk.execution_role import ExecutionRole  # noqa: PLC0415 - after Node was found

    return ExecutionRole(new_stack(), "Role")


def logs_of(name: str) -> Any:
    """The permission to write the logs of one endpoint."""
    from pilotlight_cdk.permission import Permission  # noqa: PLC0415 - after Node was found

    group = f"arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/Endpoints/{name}"
    return Permission(("logs:PutLogEvents",), (group, f"{group}:*"), wildcard_because="streams come later")


def acknowledged(role: Any) -> list[str]:
    """The rules that are acknowledged on its first policy."""
    (policy,) = (each for each in role.cfn_role.node.find_all() if each.node.id == "Hosting")
    notes = (each.data for each in policy.node.metadata if each.type == "aws:cdk:acknowledged-rules")
    return [rule for each in notes for rule in each]


def documents(resources: Any, kind: str) -> list[list[dict[str, Any]]]:
    """The statements of all policies of a kind."""
    return [each["PolicyDocument"]["Statement"] for each in resources.all(f"IAM::{kind}")]


def test_what_is_permitted_twice_is_said_once(role: Any, resources_of) -> None:
    """Two endpoints that share a model ask for the same key."""
    role.permit([logs_of("one")])
    role.permit([logs_of("one"), logs_of("two")])
    (statements,) = documents(resources_of(role.cfn_role.stack), "Policy")

    assert 2 == len(statements)
    assert all(each["Effect"] == "Allow" for each in statements)


def test_what_a_model_needs_is_there_although_nothing_hosts_it(role: Any, resources_of) -> None:
    """Somebody may host it with an endpoint of their own: at synth nobody can add anything any more."""
    role.expect([logs_of("one")])
    role.expect([logs_of("two")])
    resources = resources_of(role.cfn_role.stack)

    assert [[logs_of("one").statement, logs_of("two").statement]] == documents(resources, "Policy")


def test_what_waits_for_the_role_waits_for_every_policy_of_it(role: Any, resources_of) -> None:
    """Whether it was written before, is written at synth, or grants what the user wants."""
    from aws_cdk import CfnResource  # noqa: PLC0415 - after Node was found
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = role.cfn_role.stack
    role.permit([logs_of("one")])
    waiting = CfnResource(stack, "Waiting", type="AWS::SageMaker::Model")
    role.precede(waiting)
    role.expect([logs_of(f"endpoint-{number}") for number in range(50)])
    iam.Grant.add_to_principal(
        grantee=role.role, actions=["s3:GetObject"], resource_arns=["arn:aws:s3:::b/k"]
    )
    found = resources_of(stack).by_id
    policies = {name for name, each in found.items() if each["Type"].endswith("Policy")}

    assert len(policies) > 2
    assert policies == {*found["Waiting"]["DependsOn"]}


def test_two_references_to_the_same_key_are_one(role: Any, resources_of) -> None:
    """The CDK gives another token each time that it is asked for what another stack exports."""
    from aws_cdk import Fn  # noqa: PLC0415 - after Node was found

    from pilotlight_cdk.permission import Permission  # noqa: PLC0415 - after Node was found

    role.permit([Permission(("kms:Decrypt",), (Fn.import_value("KeyArn"),)) for _ in range(2)])
    (statements,) = documents(resources_of(role.cfn_role.stack), "Policy")

    assert 1 == len(statements)


def test_nothing_permitted_is_no_policy(role: Any, resources_of) -> None:
    """IAM refuses a policy without statements."""
    role.permit([])
    assert [] == documents(resources_of(role.cfn_role.stack), "Policy")


def test_what_inline_policies_have_no_room_for_stands_in_managed_ones(role: Any, resources_of) -> None:
    """A model behind a hundred endpoints: no policy is too long, none is lost, grants find room."""
    names = [f"endpoint-{number}" for number in range(100)]
    for name in names:
        role.permit([logs_of(name)])
    resources = resources_of(role.cfn_role.stack)
    (inline,), managed = documents(resources, "Policy"), documents(resources, "ManagedPolicy")

    assert [logs_of(name).statement for name in names] == [
        *inline,
        *(one for each in managed for one in each),
    ]
    assert INLINE_POLICIES.allows(2 * len(json.dumps(inline, separators=(",", ":"))))
    assert len(managed) > 1
    assert all(MANAGED_POLICY.allows(len(json.dumps(each, separators=(",", ":")))) for each in managed)


def test_every_wildcard_is_acknowledged_where_it_stands(role: Any) -> None:
    """In the managed policies as in the inline one."""
    from cdk_nag import AwsSolutionsChecks  # noqa: PLC0415 - after Node was found

    for number in range(50):
        role.permit([logs_of(f"endpoint-{number}")])
    found = AwsSolutionsChecks(role.cfn_role.stack).validate_scope(role.cfn_role.stack).violations

    assert [] == [each.rule_name for each in found]


def test_what_is_no_wildcard_is_not_acknowledged(role: Any) -> None:
    """The log group of an endpoint is named in full, its streams are not."""
    role.permit([logs_of("one")])
    (rule,) = acknowledged(role)

    assert rule.endswith("/aws/sagemaker/Endpoints/one:*]")


def test_nothing_is_acknowledged_until_somebody_looks(
    role: Any, monkeypatch: pytest.MonkeyPatch, resources_of
) -> None:
    """Only cdk-nag reads the notes: an app without it spares the time, one that imports it late has them."""
    with monkeypatch.context() as without:
        without.delitem(sys.modules, "cdk_nag")
        role.permit([logs_of("one")])
        assert [] == acknowledged(role)
    resources_of(role.cfn_role.stack)

    assert 1 == len(acknowledged(role))


def test_a_role_of_the_user_gets_the_same_and_no_more(new_stack: Any, resources_of) -> None:
    """As the CDK grants it; a model package asks for nothing."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    from pilotlight_cdk.hosting_role import hosting_role  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    given = iam.Role(stack, "Given", assumed_by=iam.ServicePrincipal("sagemaker.amazonaws.com"))
    role = hosting_role(stack, "Role", given)
    role.permit(())
    role.expect([logs_of("one")])
    (statements,) = documents(resources_of(stack), "Policy")

    assert [logs_of("one").statement] == statements
