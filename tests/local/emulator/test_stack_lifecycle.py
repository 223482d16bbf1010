"""Stacks with our resource types in the running emulator: created, updated, rolled back, deleted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.waiting import wait_until

pytestmark = pytest.mark.thorough

ENDPOINT_ARN = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/"


def _instances(stacks: Any, name: str) -> int:
    [variant] = stacks.client("sagemaker").describe_endpoint(EndpointName=name)["ProductionVariants"]
    return int(variant["CurrentInstanceCount"])


def test_an_endpoint_lives_sleeps_wakes_and_goes(stacks: Any, endpoint_template: Any) -> None:
    """References are AWS's; alarms put it to sleep and wake it; deleting the stack leaves nothing."""
    created = stacks.create("life", endpoint_template("life", sleeps=True))
    outputs = stacks.outputs("life")
    wait_until("its sleep", lambda: _instances(stacks, "life"), wanted=lambda count: count == 0)
    stacks.client("s3").create_bucket(Bucket="bucket")
    stacks.client("s3").put_object(Bucket="bucket", Key="in", Body=b"{}")
    stacks.client("sagemaker-runtime").invoke_endpoint_async(
        EndpointName="life", InputLocation="s3://bucket/in"
    )
    activities = wait_until(  # soon it is asleep again, so who looks for an instance may miss it
        "its wake-up", lambda: _activities(stacks, "life"), wanted=lambda seen: len(seen) > 1
    )
    names = {each["AlarmName"].split("-")[0] for each in _alarms(stacks, "life")}
    deleted = stacks.delete("life")

    assert ("CREATE_COMPLETE", "DELETE_COMPLETE") == (created, deleted)
    assert ["Setting desired instance count to 0.", "Setting desired instance count to 1."] == activities[:2]
    assert f"{ENDPOINT_ARN}life" == outputs["Endpoint"]
    assert (
        "endpoint/life/variant/AllTraffic|sagemaker:variant:DesiredInstanceCount|sagemaker"
        == outputs["Target"]
    )
    assert outputs["Wake"].endswith(":resource/sagemaker/endpoint/life/variant/AllTraffic:policyName/wake")
    assert {"life", "TargetTracking"} == names
    assert [] == _alarms(stacks, "life")
    with pytest.raises(ClientError, match="Could not find endpoint"):
        _instances(stacks, "life")


def _activities(stacks: Any, endpoint: str) -> list[str]:
    """What scaling did, the oldest first."""
    found = stacks.client("application-autoscaling").describe_scaling_activities(
        ServiceNamespace="sagemaker", ResourceId=f"endpoint/{endpoint}/variant/AllTraffic"
    )
    return [each["Description"] for each in reversed(found["ScalingActivities"])]


def _alarms(stacks: Any, endpoint: str) -> list[dict[str, Any]]:
    dimension = {"Name": "EndpointName", "Value": endpoint}
    found = stacks.client("cloudwatch").describe_alarms()["MetricAlarms"]
    return [each for each in found if dimension in each["Dimensions"]]


def test_an_update_replaces_the_configuration_and_keeps_the_endpoint(
    stacks: Any, endpoint_template: Any
) -> None:
    """The new configuration comes before the old one goes; an unchanged template changes nothing."""
    stacks.create("change", endpoint_template("change"))
    before = stacks.outputs("change")

    status = stacks.update("change", endpoint_template("change", concurrency=8))

    after = stacks.outputs("change")
    listed = stacks.client("sagemaker").list_endpoint_configs(NameContains="change-Config")["EndpointConfigs"]
    assert "UPDATE_COMPLETE" == status
    assert before["Endpoint"] == after["Endpoint"]
    assert before["Config"] != after["Config"]
    assert [after["Config"]] == [each["EndpointConfigName"] for each in listed]
    with pytest.raises(ClientError, match="No updates are to be performed"):
        stacks.update("change", endpoint_template("change", concurrency=8))


def test_an_update_whose_container_fails_rolls_back(stacks: Any, endpoint_template: Any) -> None:
    """The endpoint serves on with its former configuration, and the events say why."""
    stacks.create("back", endpoint_template("back"))
    before = stacks.outputs("back")

    status = stacks.update("back", endpoint_template("back", image="registry/unknown:1"))

    endpoint = stacks.client("sagemaker").describe_endpoint(EndpointName="back")
    assert "UPDATE_ROLLBACK_COMPLETE" == status
    assert (before["Config"], "InService") == (endpoint["EndpointConfigName"], endpoint["EndpointStatus"])
    assert "registry/unknown:1" in stacks.reasons("back")


def test_a_creation_whose_container_fails_leaves_nothing(stacks: Any, endpoint_template: Any) -> None:
    """CloudFormation rolls back with the reason; endpoint, configuration and model are gone."""
    status = stacks.create("never", endpoint_template("never", image="registry/unknown:1"))

    sagemaker = stacks.client("sagemaker")
    assert "ROLLBACK_COMPLETE" == status
    assert "registry/unknown:1" in stacks.reasons("never")
    assert [] == sagemaker.list_endpoints(NameContains="never")["Endpoints"]
    assert [] == sagemaker.list_endpoint_configs(NameContains="never")["EndpointConfigs"]
    assert [] == sagemaker.list_models(NameContains="never")["Models"]


def test_a_named_model_is_never_replaced(stacks: Any, endpoint_template: Any) -> None:
    """CloudFormation refuses, as on AWS: the replacement would need the same name."""
    stacks.create("named", endpoint_template("named", model_name="fixed"))

    status = stacks.update("named", endpoint_template("named", model_name="fixed", image="other:1-gpu"))

    assert "UPDATE_ROLLBACK_COMPLETE" == status
    assert "cannot update a stack when a custom-named resource requires replacing" in stacks.reasons("named")


def test_a_change_of_outputs_alone_is_deployed(stacks: Any) -> None:
    """A change set with nothing but Outputs has changes."""
    queue = {"Queue": {"Type": "AWS::SQS::Queue"}}
    stacks.create("outputs", {"Resources": queue, "Outputs": {"Before": {"Value": "1"}}})

    status = stacks.change("outputs", {"Resources": queue, "Outputs": {"After": {"Value": "2"}}})

    assert ("UPDATE_COMPLETE", {"After": "2"}) == (status, stacks.outputs("outputs"))


def test_a_change_set_without_any_change_still_has_none(stacks: Any) -> None:
    """The mend for Outputs does not invent changes."""
    template = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}, "Outputs": {"Same": {"Value": "1"}}}
    stacks.create("same", template)

    with pytest.raises(ClientError, match=r"InvalidChangeSetStatus|cannot be executed"):
        stacks.change("same", template)


def test_weak_references_read_another_stacks_output(stacks: Any) -> None:
    """`Fn::GetStackOutput` is how our stacks find what the foundation owns."""
    queue = {"Queue": {"Type": "AWS::SQS::Queue"}}
    stacks.create("owner", {"Resources": queue, "Outputs": {"Bucket": {"Value": "shared"}}})
    reference = {"Fn::GetStackOutput": {"StackName": "owner", "OutputName": "Bucket"}}

    stacks.create("reader", {"Resources": queue, "Outputs": {"Seen": {"Value": reference}}})

    assert "shared" == stacks.outputs("reader")["Seen"]


def test_the_emulator_answers_while_an_endpoint_is_made(stacks: Any, endpoint_template: Any) -> None:
    """CloudFormation waits for the endpoint; nobody else does."""
    template = endpoint_template("slow")
    stacks.client("cloudformation").create_stack(StackName="slow", TemplateBody=json.dumps(template))
    answered = 0

    while stacks.client("cloudformation").describe_stacks(StackName="slow")["Stacks"][0]["StackStatus"] == (
        "CREATE_IN_PROGRESS"
    ):
        stacks.client("s3").list_buckets()
        answered += 1

    assert answered > 3


def test_regions_share_nothing(stacks: Any) -> None:
    """The region that a request is signed for decides where its resources are."""
    there = stacks.aws.aws.client("sagemaker", "eu-west-1")

    arn = there.create_model(ModelName="only-there", PrimaryContainer={"Image": "i"})["ModelArn"]

    here = stacks.client("sagemaker").list_models(NameContains="only-there")["Models"]
    assert "arn:aws:sagemaker:eu-west-1:123456789012:model/only-there" == arn
    assert [] == here
