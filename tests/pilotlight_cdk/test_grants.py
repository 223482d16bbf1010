"""Who may do what with an asynchronous endpoint: everything it takes, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.catalog import actions
from pilotlight_cdk import AsyncPrefixes, Notify

PREFIXES = AsyncPrefixes(input="async/ocr/in/", output="async/ocr/out/", failure="async/ocr/failed/")


@pytest.fixture(scope="module")
def granted(new_stack, new_endpoint) -> Any:
    """A stack in which a role may submit requests to an endpoint with a status table."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = new_stack("Granted")
    endpoint = new_endpoint(stack, endpoint_name="ocr", prefixes=PREFIXES, notify=Notify(status_table=True))
    endpoint.grant_invoke_async(
        iam.Role(stack, "Caller", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"))
    )
    return stack


@pytest.fixture(scope="module")
def resources(granted, resources_of) -> Any:
    """The resources of that stack."""
    return resources_of(granted)


def paths_of(statement: dict[str, Any]) -> list[str]:
    """The ends of the S3 resources of a statement, behind the bucket."""
    resource = statement["Resource"]
    joined = resource if isinstance(resource, list) else [resource]
    return [each["Fn::Join"][1][-1] for each in joined]


def test_a_caller_invokes_this_endpoint_only(resources) -> None:
    """The asynchronous action, on the endpoint's ARN."""
    invoke = resources.statement("Caller", actions.INVOKE_ENDPOINT_ASYNC)

    assert ":endpoint/ocr" == invoke["Resource"]["Fn::Join"][1][-1]


def test_a_caller_writes_requests_and_reads_answers(resources) -> None:
    """Each on its own prefixes."""
    assert ["/async/ocr/in/*"] == paths_of(resources.statement("Caller", actions.PUT_OBJECT))
    assert ["/async/ocr/failed/*", "/async/ocr/out/*"] == paths_of(
        resources.statement("Caller", actions.GET_OBJECT)
    )


def test_a_caller_is_told_that_an_answer_is_not_there_yet(resources) -> None:
    """Who may list gets 404 for a missing key, others 403; only below the answers."""
    listing = resources.statement("Caller", actions.LIST_BUCKET)

    assert {"StringLike": {"s3:prefix": ["async/ocr/out/*", "async/ocr/failed/*"]}} == listing["Condition"]


def test_a_caller_uses_the_key_and_the_table(resources) -> None:
    """Without the key neither bucket nor table answers."""
    assert resources.statement("Caller", actions.KMS_GENERATE_DATA_KEY)
    assert ["dynamodb:GetItem", "dynamodb:PutItem"] == resources.statement("Caller", "dynamodb:PutItem")[
        "Action"
    ]


def test_the_model_reads_requests_and_writes_answers(resources) -> None:
    """The mirror image of what the caller may."""
    assert ["/async/ocr/in/*"] == paths_of(resources.statement("ModelRole", actions.GET_OBJECT))
    put = resources.statement("ModelRole", actions.PUT_OBJECT)
    assert ["/async/ocr/out/*", "/async/ocr/failed/*"] == paths_of(put)
    assert [actions.PUT_OBJECT, actions.ABORT_MULTIPART_UPLOAD] == put["Action"]


def test_the_model_tells_both_topics(resources) -> None:
    """SageMaker publishes with the model's role; the topics' key comes with it."""
    assert 2 == len(resources.statement("ModelRole", actions.PUBLISH)["Resource"])
    assert resources.statement("ModelRole", actions.KMS_GENERATE_DATA_KEY)


def test_the_model_writes_the_logs_of_its_endpoint(resources) -> None:
    """The log group has the endpoint's name in it."""
    groups = paths_of(resources.statement("ModelRole", "logs:PutLogEvents"))

    assert [":log-group:/aws/sagemaker/Endpoints/ocr", ":log-group:/aws/sagemaker/Endpoints/ocr:*"] == groups


def test_without_a_status_table_a_caller_gets_no_table(new_stack, new_endpoint, resources_of) -> None:
    """A grant gives what its name says, not what might be useful some day."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    caller = iam.Role(stack, "Caller", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"))
    new_endpoint(stack).grant_invoke_async(caller)

    assert "dynamodb" not in str(resources_of(stack).statements("Caller"))


def test_grants_leave_no_finding_behind(granted, findings_of) -> None:
    """The wildcards of the prefixes are acknowledged on the caller's policy, each with its reason."""
    assert [] == findings_of(granted)


def test_an_imported_caller_can_be_granted_too(new_stack, new_endpoint, resources_of) -> None:
    """Its policy is attached; there is no policy construct of ours to acknowledge on."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    role = iam.Role.from_role_arn(stack, "Caller", "arn:aws:iam::123456789012:role/caller")
    grant = new_endpoint(stack).grant_invoke_async(role)

    assert grant.success
    assert resources_of(stack).statement("CallerPolicy", actions.INVOKE_ENDPOINT_ASYNC)
