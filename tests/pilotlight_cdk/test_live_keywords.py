"""What no fleet file can say has its effect: what is passed in is used, and nothing is made instead."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Any

import pytest

from pilotlight.catalog.naming import TransformPrefixes
from pilotlight.spec import (
    AsyncSpec,
    BatchTransformSpec,
    InferenceComponentEndpointSpec,
    MultiContainerSpec,
    MultiModelSpec,
    PipelineSpec,
    RealtimeSpec,
    ServerlessSpec,
)
from pilotlight_cdk import (
    AsyncEndpoint,
    AsyncPrefixes,
    BatchTransform,
    CanaryDeployment,
    Container,
    ContainerModel,
    DataCapture,
    InferenceComponentEndpoint,
    ModelImage,
    MultiContainerEndpoint,
    MultiModelEndpoint,
    Notify,
    PipelineEndpoint,
    RealtimeEndpoint,
    ServerlessEndpoint,
    TransformSchedule,
)
from tests.pilotlight_cdk.conftest import IMAGE

KINDS: dict[str, tuple[type, type, dict[str, Any]]] = {
    "async": (
        AsyncEndpoint,
        AsyncSpec,
        {"notify": Notify(status_table=True), "core_dumps": True, "deployment": CanaryDeployment()},
    ),
    "realtime": (
        RealtimeEndpoint,
        RealtimeSpec,
        {"data_capture": DataCapture(), "core_dumps": True, "deployment": CanaryDeployment()},
    ),
    "multi-model": (
        MultiModelEndpoint,
        MultiModelSpec,
        {"core_dumps": True, "deployment": CanaryDeployment()},
    ),
    "inference-components": (InferenceComponentEndpoint, InferenceComponentEndpointSpec, {}),
    "serverless": (ServerlessEndpoint, ServerlessSpec, {"deployment": CanaryDeployment()}),
    "multi-container": (MultiContainerEndpoint, MultiContainerSpec, {"data_capture": DataCapture()}),
    "pipeline": (PipelineEndpoint, PipelineSpec, {"data_capture": DataCapture()}),
    "batch-transform": (
        BatchTransform,
        BatchTransformSpec,
        {"schedule": TransformSchedule(at="rate(1 day)")},
    ),
}
"""Construct, spec, and what has to be asked for so that everything that can be passed in is needed."""

SEEN_ELSEWHERE = {"model", "network_isolation", "allow_all_outbound"}
"""Keywords that are no reference to anything, or that every test passes."""

OWN = ("S3::Bucket", "SNS::Topic", "KMS::Key", "DynamoDB::Table", "EC2::SecurityGroup")
"""What a construct makes when nothing is passed in."""


def live(kind: str) -> set[str]:
    """The keywords of a construct that its spec does not have."""
    construct, spec, _ = KINDS[kind]
    parameters = inspect.signature(construct.__init__).parameters  # type: ignore[misc] # of a class
    named = {name for name, each in parameters.items() if each.kind is each.KEYWORD_ONLY}
    return named - {*spec.model_fields} - SEEN_ELSEWHERE  # type: ignore[attr-defined] # a spec has them


def theirs(stack: Any) -> dict[str, Any]:
    """Something for each such keyword, with `their-<keyword>` in its name."""
    from aws_cdk import Annotations  # noqa: PLC0415 - after Node was found
    from aws_cdk import aws_cloudwatch as cloudwatch  # noqa: PLC0415 - as above
    from aws_cdk import aws_dynamodb as dynamodb  # noqa: PLC0415 - as above
    from aws_cdk import aws_ec2 as ec2  # noqa: PLC0415 - as above
    from aws_cdk import aws_events as events  # noqa: PLC0415 - as above
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - as above
    from aws_cdk import aws_kms as kms  # noqa: PLC0415 - as above
    from aws_cdk import aws_s3 as s3  # noqa: PLC0415 - as above
    from aws_cdk import aws_sns as sns  # noqa: PLC0415 - as above

    here = "us-east-1:123456789012"
    topics = {
        name: sns.Topic.from_topic_arn(stack, name, f"arn:aws:sns:{here}:their-{name}")
        for name in ("alarm_topic", "success_topic", "error_topic")
    }
    subnet = ec2.Subnet.from_subnet_id(stack, "subnet", "their-vpc_subnets")
    Annotations.of(subnet).acknowledge_warning("@aws-cdk/aws-ec2:noSubnetRouteTableId", "nothing routes")
    return {
        **topics,
        **{name: f"their-{name}/" for name in ("capture_prefix", "core_dump_prefix", "models_prefix")},
        "endpoint_name": "their-endpoint-name",
        "state_machine_name": "their-state-machine-name",
        "bucket": s3.Bucket.from_bucket_name(stack, "bucket", "their-bucket"),
        "encryption_key": kms.Key.from_key_arn(stack, "key", f"arn:aws:kms:{here}:key/their-encryption_key"),
        "status_table": dynamodb.Table.from_table_name(stack, "table", "their-status_table"),
        "event_bus": events.EventBus.from_event_bus_name(stack, "bus", "their-event_bus"),
        "rollback_alarms": [cloudwatch.Alarm.from_alarm_name(stack, "alarm", "their-rollback_alarms")],
        "job_tags": {"their-job_tags": "yes"},
        "role": iam.Role.from_role_arn(stack, "role", "arn:aws:iam::123456789012:role/their-role"),
        "vpc": ec2.Vpc.from_vpc_attributes(stack, "vpc", vpc_id="vpc-1", availability_zones=["any"]),
        "vpc_subnets": ec2.SubnetSelection(subnets=[subnet]),
        "security_groups": [
            ec2.SecurityGroup.from_security_group_id(stack, "group", "their-security_groups")
        ],
    }


UNSEEN = {"serverless": {"encryption_key"}}
"""Of whom nothing else is left that a key would encrypt, when the topic of its alarms is passed in."""

SEEN_AS: dict[str, tuple[str, ...]] = {
    "endpoint_name": ("their-endpoint-name",),
    "state_machine_name": ("their-state-machine-name",),
    "vpc": (),
}
"""Keyword → what of it is in a template. Default: `their-<keyword>`; a VPC is seen by its subnets."""

PREFIXES = {
    "async": (AsyncPrefixes("their-in/", "their-out/", "their-failed/"), ("their-out", "their-failed")),
    "batch-transform": (TransformPrefixes("their-in/", "their-out/"), ("their-in/", "their-out")),
}


@pytest.fixture
def built(new_stack, new_model, resources_of) -> Callable[..., Any]:
    """Give what builds an endpoint of a kind with everything that can be passed in."""

    def build(kind: str) -> Any:
        construct, _, asked = KINDS[kind]
        stack = new_stack()
        given = theirs(stack) | {"prefixes": PREFIXES.get(kind, (None, ()))[0]}
        said: dict[str, Any] = {name: given[name] for name in live(kind)} | asked
        if kind != "serverless":
            said["instance_type"] = "ml.m5.large"
        image = ModelImage.from_uri(IMAGE)
        if kind in ("multi-container", "pipeline"):
            said["model"] = ContainerModel(
                stack, "M", containers={"a": Container(image), "b": Container(image)}
            )
        elif kind != "inference-components":
            said["model"] = new_model(stack, network_isolation=kind != "serverless")
        endpoint = construct(stack, "Ours", **said)
        if isinstance(endpoint, InferenceComponentEndpoint):
            endpoint.add_component("writer", model=new_model(stack))
        return resources_of(stack)

    return build


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_is_passed_in_is_used(kind: str, built) -> None:
    """A keyword that is new has to be given here too."""
    resources = built(kind)
    text = json.dumps(resources.template)
    seen = {**SEEN_AS, "prefixes": PREFIXES.get(kind, (None, ()))[1]}
    visible = live(kind) - UNSEEN.get(kind, set())
    wanted = {each for name in visible for each in seen.get(name, (f"their-{name}",))}

    assert set() == {each for each in wanted if each not in text}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_made_instead(kind: str, built) -> None:
    """A key, a bucket or a topic that nobody uses would cost, and mislead."""
    resources = built(kind)
    instead = {name for name in OWN if resources.all(name)}

    assert instead == set()


def test_a_key_that_would_encrypt_nothing_is_not_made(new_stack, new_model, resources_of) -> None:
    """Keys have a price; a serverless endpoint has no volume."""
    stack = new_stack()
    topic = theirs(stack)["alarm_topic"]
    model = new_model(stack, network_isolation=False)
    ServerlessEndpoint(stack, "Ours", model=model, alarm_topic=topic)

    assert [] == resources_of(stack).all("KMS::Key")
