"""A bucket or topic that is passed in keeps its own key, and whoever works with it may use that key too."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pilotlight_cdk import AsyncEndpoint, BatchTransform, MultiModelEndpoint, WarmUp


@pytest.fixture
def stack(new_stack) -> Any:
    """A stack with a key for everything that is passed in, and a role that is granted something."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found
    from aws_cdk import aws_kms as kms  # noqa: PLC0415 - as above

    stack = new_stack()
    kms.Key(stack, "Theirs")
    iam.Role(stack, "Caller", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    return stack


@pytest.fixture
def bucket(stack) -> Any:
    """A bucket with the other key."""
    from aws_cdk import aws_s3 as s3  # noqa: PLC0415 - after Node was found

    return s3.Bucket(stack, "Bucket", encryption_key=stack.node.find_child("Theirs"))


def their_users(resources: Any) -> set[str]:
    """The policies of those who may use the other key."""
    return {
        re.split("DefaultPolicy|Hosting", logical_id)[0]
        for logical_id, each in resources.by_id.items()
        if each["Type"] == "AWS::IAM::Policy"
        for statement in each["Properties"]["PolicyDocument"]["Statement"]
        if "kms:Decrypt" in statement["Action"] and "Theirs" in str(statement["Resource"])
    }


def test_requests_have_the_key_of_their_bucket(stack, bucket, new_model, resources_of) -> None:
    """The model reads them, callers write them; answers have the endpoint's key."""
    endpoint = AsyncEndpoint(stack, "Ocr", model=new_model(stack), instance_type="ml.m5.large", bucket=bucket)
    endpoint.grant_invoke_async(stack.node.find_child("Caller"))

    assert {"ModelRole", "Caller"} == their_users(resources_of(stack))


def test_whoever_publishes_to_a_topic_may_use_its_key(stack, new_model, resources_of) -> None:
    """SNS would refuse the notification, and nobody would see it."""
    from aws_cdk import aws_sns as sns  # noqa: PLC0415 - after Node was found

    topic = sns.Topic(stack, "Ended", master_key=stack.node.find_child("Theirs"))
    AsyncEndpoint(
        stack,
        "Ocr",
        model=new_model(stack),
        instance_type="ml.m5.large",
        success_topic=topic,
        error_topic=topic,
    )
    BatchTransform(
        stack,
        "Nightly",
        model=new_model(stack, "Other"),
        instance_type="ml.m5.large",
        success_topic=topic,
    )

    assert {"ModelRole", "NightlyRole"} == their_users(resources_of(stack))


def test_models_have_the_key_of_their_bucket(stack, bucket, new_model, resources_of) -> None:
    """For the endpoint that loads them, for who publishes them, and for the warm-up that reads samples."""
    from aws_cdk import aws_sns as sns  # noqa: PLC0415 - after Node was found

    endpoint = MultiModelEndpoint(
        stack, "Search", model=new_model(stack), instance_type="ml.m5.large", bucket=bucket
    )
    endpoint.grant_publish_models(stack.node.find_child("Caller"))
    WarmUp(
        stack,
        "WarmUp",
        endpoint=endpoint,
        models=endpoint.models,
        encryption_key=endpoint.models.key,
        alarm_topic=sns.Topic(stack, "Alarms"),
    )

    assert {"ModelRole", "Caller", "WarmUpFunctionRole"} == their_users(resources_of(stack))


def test_models_in_a_bucket_whose_key_nobody_knows_have_the_endpoint_s(
    stack, new_model, resources_of
) -> None:
    """A bucket that is known by its name alone: `encryption_key` says what is in it."""
    from aws_cdk import aws_s3 as s3  # noqa: PLC0415 - after Node was found

    MultiModelEndpoint(
        stack,
        "Search",
        model=new_model(stack),
        instance_type="ml.m5.large",
        bucket=s3.Bucket.from_bucket_name(stack, "Bucket", "ours"),
        encryption_key=stack.node.find_child("Theirs"),
    )

    assert {"ModelRole"} == their_users(resources_of(stack))


def test_records_of_a_batch_transform_have_the_key_of_their_bucket(
    stack, bucket, new_model, resources_of
) -> None:
    """The model reads them; answers have the key of the transform."""
    transform = BatchTransform(
        stack, "Nightly", model=new_model(stack), instance_type="ml.m5.large", bucket=bucket
    )
    transform.grant_read_write_data(stack.node.find_child("Caller"))

    assert {"ModelRole", "Caller"} == their_users(resources_of(stack))
