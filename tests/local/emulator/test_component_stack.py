"""Inference components in the running emulator: made in order, asleep, awake, and deleted in order."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.waiting import wait_until

from .conftest import STAND_IN

pytestmark = pytest.mark.thorough

COPIES = "sagemaker:inference-component:DesiredCopyCount"
ROLE = "arn:aws:iam::123456789012:role/hosting"


def _template(name: str, *, image: str = STAND_IN) -> dict[str, Any]:
    """An endpoint with one component that sleeps and wakes, as AWS's guide on scaling to zero has it."""
    component = f"{name}-writer"
    scaled = {"ServiceNamespace": "sagemaker", "ScalableDimension": COPIES}
    metric = {"Namespace": "AWS/SageMaker", "MetricName": "NoCapacityInvocationFailures", "Statistic": "Sum"}
    return {
        "Resources": {
            "Config": {
                "Type": "AWS::SageMaker::EndpointConfig",
                "Properties": {
                    "ExecutionRoleArn": ROLE,
                    "ProductionVariants": [
                        {
                            "VariantName": "AllTraffic",
                            "InstanceType": "ml.g5.12xlarge",
                            "InitialInstanceCount": 1,
                            "ManagedInstanceScaling": {
                                "Status": "ENABLED",
                                "MinInstanceCount": 0,
                                "MaxInstanceCount": 2,
                            },
                        }
                    ],
                },
            },
            "Endpoint": {
                "Type": "AWS::SageMaker::Endpoint",
                "Properties": {
                    "EndpointName": name,
                    "EndpointConfigName": {"Fn::GetAtt": ["Config", "EndpointConfigName"]},
                },
            },
            "Writer": {
                "Type": "AWS::SageMaker::InferenceComponent",
                "Properties": {
                    "InferenceComponentName": component,
                    "EndpointName": {"Fn::GetAtt": ["Endpoint", "EndpointName"]},
                    "VariantName": "AllTraffic",
                    "Specification": {
                        "Container": {"Image": image},
                        "ComputeResourceRequirements": {
                            "NumberOfAcceleratorDevicesRequired": 1,
                            "MinMemoryRequiredInMb": 1024,
                        },
                    },
                    "RuntimeConfig": {"CopyCount": 1},
                },
            },
            "Target": {
                "Type": "AWS::ApplicationAutoScaling::ScalableTarget",
                "Properties": {
                    **scaled,
                    "MinCapacity": 0,
                    "MaxCapacity": 2,
                    "ResourceId": {"Fn::Sub": "inference-component/${Writer.InferenceComponentName}"},
                },
            },
            "Tracking": {
                "Type": "AWS::ApplicationAutoScaling::ScalingPolicy",
                "Properties": {
                    "PolicyName": "load",
                    "PolicyType": "TargetTrackingScaling",
                    "ScalingTargetId": {"Ref": "Target"},
                    "TargetTrackingScalingPolicyConfiguration": {
                        "TargetValue": 5,
                        "PredefinedMetricSpecification": {
                            "PredefinedMetricType": (
                                "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution"
                            )
                        },
                        "ScaleInCooldown": 60,
                        "ScaleOutCooldown": 60,
                    },
                },
            },
            "Wake": {
                "Type": "AWS::ApplicationAutoScaling::ScalingPolicy",
                "Properties": {
                    "PolicyName": "wake",
                    "PolicyType": "StepScaling",
                    "ScalingTargetId": {"Ref": "Target"},
                    "StepScalingPolicyConfiguration": {
                        "AdjustmentType": "ChangeInCapacity",
                        "MetricAggregationType": "Maximum",
                        "Cooldown": 60,
                        "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 1}],
                    },
                },
            },
            "WakeAlarm": {
                "Type": "AWS::CloudWatch::Alarm",
                "Properties": {
                    **metric,
                    "Dimensions": [{"Name": "InferenceComponentName", "Value": component}],
                    "Period": 60,
                    "EvaluationPeriods": 1,
                    "Threshold": 1,
                    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
                    "AlarmActions": [{"Ref": "Wake"}],
                },
            },
        }
    }


def _without_scaling(template: dict[str, Any]) -> dict[str, Any]:
    for each in ("Target", "Tracking", "Wake", "WakeAlarm"):
        del template["Resources"][each]
    return template


def _copies(stacks: Any, name: str) -> int:
    found = stacks.client("sagemaker").describe_inference_component(InferenceComponentName=f"{name}-writer")
    return int(found["RuntimeConfig"]["CurrentCopyCount"])


def _instances(stacks: Any, name: str) -> int:
    [variant] = stacks.client("sagemaker").describe_endpoint(EndpointName=name)["ProductionVariants"]
    return int(variant["CurrentInstanceCount"])


def _ask(stacks: Any, name: str, **named: str) -> Any:
    return stacks.client("sagemaker-runtime").invoke_endpoint(EndpointName=name, Body=b"{}", **named)


def _answer_if_awake(stacks: Any, name: str, **named: str) -> bytes | None:
    """It is awake for half a second only, which a busy machine may miss: then the next request wakes it."""
    try:
        answer: bytes = _ask(stacks, name, **named)["Body"].read()
    except ClientError as refused:
        if "no capacity" not in str(refused):
            raise
        return None
    return answer


@pytest.mark.shows("inference-components", "wakes")
def test_components_sleep_with_their_instances_and_wake_by_a_refused_request(stacks: Any) -> None:
    """Copies go to zero, then the instances; the refused request raises the alarm that brings both back."""
    created = stacks.create("ic", _template("ic"))
    wait_until("the sleep of the component", lambda: _copies(stacks, "ic"), wanted=lambda copies: copies == 0)
    wait_until("the end of its instance", lambda: _instances(stacks, "ic"), wanted=lambda count: count == 0)
    with pytest.raises(ClientError, match="has no capacity to process this request") as refused:
        _ask(stacks, "ic", InferenceComponentName="ic-writer")
    answered = wait_until(
        "an answer", lambda: _answer_if_awake(stacks, "ic", InferenceComponentName="ic-writer")
    )

    assert "CREATE_COMPLETE" == created
    assert "ValidationError" == refused.value.response["Error"]["Code"]
    assert b"stand-in" in answered
    activities = stacks.client("application-autoscaling").describe_scaling_activities(
        ServiceNamespace="sagemaker", ResourceId="inference-component/ic-writer"
    )["ScalingActivities"]
    assert "Setting desired copy count to 1." in {each["Description"] for each in activities}
    assert "DELETE_COMPLETE" == stacks.delete("ic")
    assert (
        [] == stacks.client("sagemaker").list_inference_components(NameContains="ic-")["InferenceComponents"]
    )


def test_an_update_replaces_what_the_component_runs_with(stacks: Any) -> None:
    """In place: it keeps its name; what cannot run is rolled back."""
    template = _without_scaling(_template("icup"))
    stacks.create("icup", template)
    specification = template["Resources"]["Writer"]["Properties"]["Specification"]
    specification["ComputeResourceRequirements"]["MinMemoryRequiredInMb"] = 2048
    updated = stacks.update("icup", template)
    specification["Container"]["Image"] = "registry/unknown:1"
    failed = stacks.update("icup", template)

    described = stacks.client("sagemaker").describe_inference_component(InferenceComponentName="icup-writer")
    assert ("UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE") == (updated, failed)
    assert 2048 == described["Specification"]["ComputeResourceRequirements"]["MinMemoryRequiredInMb"]
    assert STAND_IN == described["Specification"]["Container"]["DeployedImage"]["SpecifiedImage"]
    assert b"stand-in" in _ask(stacks, "icup", InferenceComponentName="icup-writer")["Body"].read()
    assert "DELETE_COMPLETE" == stacks.delete("icup")


def test_a_component_whose_container_cannot_run_rolls_the_stack_back(stacks: Any) -> None:
    """In order: the component goes before its endpoint."""
    status = stacks.create("icbad", _template("icbad", image="registry/unknown:1"))

    assert "ROLLBACK_COMPLETE" == status
    assert "registry/unknown:1" in stacks.reasons("icbad")
    assert [] == stacks.client("sagemaker").list_endpoints(NameContains="icbad")["Endpoints"]


def test_fails_when_the_component_is_not_named(stacks: Any) -> None:
    """As for every endpoint that hosts components."""
    stacks.create("icname", _without_scaling(_template("icname")))

    with pytest.raises(ClientError, match="Inference Component Name header is required"):
        _ask(stacks, "icname")
    with pytest.raises(ClientError, match="delete its inference components icname-writer first"):
        stacks.client("sagemaker").delete_endpoint(EndpointName="icname")
    assert "DELETE_COMPLETE" == stacks.delete("icname")
