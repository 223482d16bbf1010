"""The asynchronous endpoint in CloudFormation's words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from pilotlight.spec import FleetRefused
from pilotlight_cdk import (
    AllAtOnceDeployment,
    BacklogScaling,
    CanaryDeployment,
    LinearDeployment,
    ModelImage,
    Notify,
    RollingDeployment,
)


@pytest.fixture(scope="module")
def plain(new_stack, new_endpoint, resources_of) -> Any:
    """The resources of an endpoint with nothing but defaults."""
    stack = new_stack("Plain")
    new_endpoint(stack)
    return resources_of(stack)


@pytest.fixture
def hosted(new_stack, new_endpoint, resources_of) -> Callable[..., Any]:
    """Give what makes an endpoint in a stack of its own and returns the resources."""

    def make(**keywords: Any) -> Any:
        stack = new_stack()
        new_endpoint(stack, **keywords)
        return resources_of(stack)

    return make


def variant(resources: Any) -> dict[str, Any]:
    """The only production variant."""
    (only,) = resources.one("SageMaker::EndpointConfig")["ProductionVariants"]
    return only


def output_config(resources: Any) -> dict[str, Any]:
    """Where answers and notifications go."""
    return resources.one("SageMaker::EndpointConfig")["AsyncInferenceConfig"]["OutputConfig"]


def test_it_starts_with_one_instance(plain) -> None:
    """AWS refuses 0 at creation."""
    assert 1 == variant(plain)["InitialInstanceCount"]


def test_answers_and_failures_have_prefixes_of_their_own(plain) -> None:
    """Without a slash at the end: SageMaker adds one."""
    output = output_config(plain)

    assert "/out" == output["S3OutputPath"]["Fn::Join"][1][-1][-4:]
    assert "/failed" == output["S3FailurePath"]["Fn::Join"][1][-1][-7:]


def test_both_topics_are_told_and_encrypted(plain) -> None:
    """Success and error each have a topic, both under the customer-managed key."""
    told = output_config(plain)["NotificationConfig"]
    ids = {told["SuccessTopic"]["Ref"], told["ErrorTopic"]["Ref"]}

    assert 2 == len(ids)
    assert all("KmsMasterKeyId" in plain.by_id[each]["Properties"] for each in ids)


def test_an_update_keeps_the_capacity_that_scaling_chose(plain) -> None:
    """The endpoint keeps its name and its instances, the configuration has no name to collide."""
    endpoint = plain.one("SageMaker::Endpoint")

    assert endpoint["RetainAllVariantProperties"] is True
    assert "EndpointConfigName" not in plain.one("SageMaker::EndpointConfig")
    assert "ModelName" not in plain.one("SageMaker::Model")


def test_the_default_name_is_one_that_sagemaker_takes(plain) -> None:
    """Made of the construct's path, in lower case, at most 63 characters."""
    name = plain.one("SageMaker::Endpoint")["EndpointName"]

    assert re.fullmatch(r"[a-z0-9](-*[a-z0-9]){0,62}", name)
    assert name.startswith("plain-ocr-")


def test_volumes_are_encrypted_where_a_key_can(new_stack, new_endpoint, resources_of) -> None:
    """Local NVMe disks are encrypted by hardware: SageMaker does not apply a key to them."""
    ebs, nvme = new_stack(), new_stack()
    new_endpoint(ebs, instance_type="ml.m5.large")
    new_endpoint(nvme, instance_type="ml.g5.xlarge")

    assert "KmsKeyId" in resources_of(ebs).one("SageMaker::EndpointConfig")
    assert "KmsKeyId" not in resources_of(nvme).one("SageMaker::EndpointConfig")


def test_limits_of_a_large_model_reach_the_variant(new_stack, new_endpoint, resources_of) -> None:
    """The CDK's durations and sizes are taken; only what was given is written."""
    from aws_cdk import Duration, Size  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    new_endpoint(
        stack,
        model_data_download_timeout=Duration.hours(1),
        container_startup_health_check_timeout=Duration.minutes(20),
        volume_size=Size.gibibytes(200),
        max_concurrent_invocations_per_instance=4,
    )
    resources = resources_of(stack)

    assert (3600, 1200, 200) == tuple(
        variant(resources)[key]
        for key in (
            "ModelDataDownloadTimeoutInSeconds",
            "ContainerStartupHealthCheckTimeoutInSeconds",
            "VolumeSizeInGB",
        )
    )
    client = resources.one("SageMaker::EndpointConfig")["AsyncInferenceConfig"]["ClientConfig"]
    assert {"MaxConcurrentInvocationsPerInstance": 4} == client


def test_what_was_not_given_is_left_to_sagemaker(plain) -> None:
    """None means not given: no key in the template."""
    assert {"InitialInstanceCount", "InitialVariantWeight", "InstanceType", "ModelName", "VariantName"} == {
        *variant(plain)
    }
    assert "ClientConfig" not in plain.one("SageMaker::EndpointConfig")["AsyncInferenceConfig"]
    assert "DeploymentConfig" not in plain.one("SageMaker::Endpoint")


def test_the_answer_can_be_part_of_the_notification(new_stack, new_endpoint, resources_of) -> None:
    """The spec's words become AWS's."""
    stack = new_stack()
    new_endpoint(stack, notify=Notify(include_inference_response_in=("error", "success")))

    assert ["ERROR_NOTIFICATION_TOPIC", "SUCCESS_NOTIFICATION_TOPIC"] == output_config(resources_of(stack))[
        "NotificationConfig"
    ]["IncludeInferenceResponseIn"]


def percent(value: int) -> dict[str, Any]:
    """A share of the capacity."""
    return {"Type": "CAPACITY_PERCENT", "Value": value}


@pytest.mark.parametrize(
    ("deployment", "key", "expected"),
    [
        (
            RollingDeployment(maximum_batch_percent=20, rollback_maximum_batch_percent=100),
            "RollingUpdatePolicy",
            {
                "MaximumBatchSize": percent(20),
                "RollbackMaximumBatchSize": percent(100),
                "WaitIntervalInSeconds": 300,
            },
        ),
        (
            CanaryDeployment(canary_percent=5),
            "BlueGreenUpdatePolicy",
            {
                "TrafficRoutingConfiguration": {
                    "Type": "CANARY",
                    "CanarySize": percent(5),
                    "WaitIntervalInSeconds": 300,
                }
            },
        ),
        (
            LinearDeployment(linear_step_percent=50),
            "BlueGreenUpdatePolicy",
            {
                "TrafficRoutingConfiguration": {
                    "Type": "LINEAR",
                    "LinearStepSize": percent(50),
                    "WaitIntervalInSeconds": 300,
                }
            },
        ),
        (
            AllAtOnceDeployment(),
            "BlueGreenUpdatePolicy",
            {"TrafficRoutingConfiguration": {"Type": "ALL_AT_ONCE", "WaitIntervalInSeconds": 300}},
        ),
    ],
    ids=["rolling", "canary", "linear", "all-at-once"],
)
def test_updates_can_be_careful(deployment: Any, key: str, expected: dict[str, Any], hosted) -> None:
    """Each policy in AWS's words."""
    config = hosted(deployment=deployment).one("SageMaker::Endpoint")["DeploymentConfig"]

    assert expected == config[key]
    assert {key, "AutoRollbackConfiguration"} == {*config}


def test_a_careful_update_is_taken_back_when_requests_fail(hosted) -> None:
    """The endpoint's own alarm on failures decides, and its role may look at it."""
    resources = hosted(deployment=RollingDeployment())
    config = resources.one("SageMaker::Endpoint")["DeploymentConfig"]
    (alarm,) = config["AutoRollbackConfiguration"]["Alarms"]

    watched = resources.by_id[alarm["AlarmName"]["Ref"]]["Properties"]

    assert "InvocationFailures" == watched["MetricName"]
    assert resources.statement("ModelRole", "cloudwatch:DescribeAlarms")


def test_alarms_of_the_user_take_an_update_back(new_stack, new_endpoint, resources_of) -> None:
    """They replace the endpoint's own, with or without a deployment policy."""
    from aws_cdk import aws_cloudwatch as cloudwatch  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    alarm = cloudwatch.Alarm.from_alarm_arn(
        stack, "A", "arn:aws:cloudwatch:us-east-1:123456789012:alarm:down"
    )
    new_endpoint(stack, rollback_alarms=[alarm])

    config = resources_of(stack).one("SageMaker::Endpoint")["DeploymentConfig"]

    assert {"AutoRollbackConfiguration": {"Alarms": [{"AlarmName": "down"}]}} == config


def test_tags_reach_what_is_billed(new_stack, new_endpoint, resources_of) -> None:
    """Costs are told apart by the tags of endpoint and configuration."""
    stack = new_stack()
    new_endpoint(stack, tags={"team": "vision"})
    resources = resources_of(stack)

    for kind in ("SageMaker::Endpoint", "SageMaker::EndpointConfig", "SNS::Topic"):
        assert all([{"Key": "team", "Value": "vision"}] == each["Tags"] for each in resources.all(kind))


def test_what_is_given_is_not_created(new_stack, new_endpoint, resources_of) -> None:
    """Bucket, key, topics and table of the user are used as they are."""
    from aws_cdk import aws_dynamodb as dynamodb  # noqa: PLC0415 - after Node was found
    from aws_cdk import aws_kms as kms  # noqa: PLC0415 - after Node was found
    from aws_cdk import aws_s3 as s3  # noqa: PLC0415 - after Node was found
    from aws_cdk import aws_sns as sns  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    topic = sns.Topic.from_topic_arn(stack, "T", "arn:aws:sns:us-east-1:123456789012:t")
    new_endpoint(
        stack,
        bucket=s3.Bucket.from_bucket_name(stack, "B", "ours"),
        encryption_key=kms.Key.from_key_arn(stack, "K", "arn:aws:kms:us-east-1:123456789012:key/k"),
        success_topic=topic,
        error_topic=topic,
        alarm_topic=topic,
        status_table=dynamodb.Table.from_table_name(stack, "D", "requests"),
        notify=Notify(status_table=True),
    )
    resources = resources_of(stack)

    for kind in ("S3::Bucket", "KMS::Key", "SNS::Topic", "DynamoDB::Table"):
        assert [] == resources.all(kind)
    assert output_config(resources)["S3OutputPath"].startswith("s3://ours/async/")


def test_fails_with_every_fault_at_once(new_stack, new_model, new_endpoint) -> None:
    """In the words of the fleet file: construct path, what, got, allowed."""
    stack = new_stack("Faulty")

    with pytest.raises(FleetRefused) as refused:
        new_endpoint(stack, instance_type="ml.m5.lagre", initial_instance_count=0, volume_size=1000)

    assert {"Faulty/Ocr.instance_type", "Faulty/Ocr.initial_instance_count", "Faulty/Ocr.volume_size"} == {
        fault.path for fault in refused.value.refusals
    }
    assert all(fault.got and fault.allowed for fault in refused.value.refusals)


def test_a_refused_endpoint_leaves_nothing_in_the_stack(new_stack, new_model, new_endpoint) -> None:
    """The spec is built first, so the construct can be tried again."""
    stack = new_stack()
    model = new_model(stack)
    with pytest.raises(FleetRefused):
        new_endpoint(stack, model=model, instance_type="ml.m5.lagre")

    new_endpoint(stack, model=model)

    assert stack.node.try_find_child("Ocr") is not None


def test_fails_when_a_literal_is_a_reference(new_stack, new_endpoint) -> None:
    """What cost, plan and scaling depend on must be known at synth."""
    from aws_cdk import CfnParameter  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    parameter = CfnParameter(stack, "P", type="Number")

    with pytest.raises(FleetRefused, match="must be known when the app is synthesized"):
        new_endpoint(stack, initial_instance_count=parameter.value_as_number)
    with pytest.raises(FleetRefused, match="endpoint_name"):
        new_endpoint(new_stack(), endpoint_name=parameter.value_as_string)


def test_fails_when_more_start_than_may_run(new_stack, new_endpoint) -> None:
    """The rule across keywords is the spec's, not the construct's."""
    with pytest.raises(FleetRefused, match="initial_instance_count"):
        new_endpoint(new_stack(), initial_instance_count=2, scaling=BacklogScaling(max_capacity=1))


def test_fails_when_the_image_is_built_for_other_processors(new_stack, new_model, new_endpoint) -> None:
    """A CPU build would run on a GPU instance, slowly and expensively."""
    stack = new_stack()
    model = new_model(stack, image=ModelImage.from_framework("pytorch", version="2.6.0"))

    with pytest.raises(FleetRefused, match=r"not built for ml\.g5\.xlarge"):
        new_endpoint(stack, model=model, instance_type="ml.g5.xlarge")


@pytest.mark.parametrize("name", ["", "x" * 64])
def test_fails_when_the_name_is_too_long_for_sagemaker(name: str, new_stack, new_endpoint) -> None:
    """CloudFormation would let 64 characters through."""
    with pytest.raises(FleetRefused, match=r"allowed 1\.\.63 characters"):
        new_endpoint(new_stack(), endpoint_name=name)


def test_fails_with_more_rollback_alarms_than_sagemaker_takes(new_stack, new_endpoint) -> None:
    """Ten at most."""
    from aws_cdk import aws_cloudwatch as cloudwatch  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    alarm = cloudwatch.Alarm.from_alarm_arn(
        stack, "A", "arn:aws:cloudwatch:us-east-1:123456789012:alarm:down"
    )

    with pytest.raises(FleetRefused, match="11 alarms"):
        new_endpoint(stack, rollback_alarms=[alarm] * 11)
