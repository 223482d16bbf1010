"""Endpoints of inference components that are not ours: read, and what a fleet cannot say is named."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from pilotlight.spec import InferenceComponentEndpointSpec
from pilotlight.template import FleetReading, read_template

NAME = {"Name": "InferenceComponentName", "Value": "chat"}
TEMPLATE: dict[str, Any] = {
    "Resources": {
        "Config": {
            "Type": "AWS::SageMaker::EndpointConfig",
            "Properties": {
                "ExecutionRoleArn": "arn:aws:iam::123456789012:role/host",
                "EnableNetworkIsolation": True,
                "ProductionVariants": [
                    {
                        "VariantName": "AllTraffic",
                        "InstanceType": "ml.g5.xlarge",
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
                "EndpointConfigName": {"Fn::GetAtt": ["Config", "EndpointConfigName"]},
                "RetainAllVariantProperties": True,
            },
        },
        "Chat": {
            "Type": "AWS::SageMaker::InferenceComponent",
            "Properties": {
                "InferenceComponentName": "chat",
                "EndpointName": {"Fn::GetAtt": ["Endpoint", "EndpointName"]},
                "VariantName": "AllTraffic",
                "Specification": {
                    "Container": {"Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/llm:1"},
                    "ComputeResourceRequirements": {
                        "MinMemoryRequiredInMb": 4096,
                        "NumberOfAcceleratorDevicesRequired": 1,
                    },
                },
                "RuntimeConfig": {"CopyCount": 1},
            },
        },
        "Target": {
            "Type": "AWS::ApplicationAutoScaling::ScalableTarget",
            "Properties": {
                "MinCapacity": 0,
                "MaxCapacity": 2,
                "ResourceId": "inference-component/chat",
                "ScalableDimension": "sagemaker:inference-component:DesiredCopyCount",
                "ServiceNamespace": "sagemaker",
            },
        },
        "Tracking": {
            "Type": "AWS::ApplicationAutoScaling::ScalingPolicy",
            "Properties": {
                "PolicyName": "tracking",
                "PolicyType": "TargetTrackingScaling",
                "ScalingTargetId": {"Ref": "Target"},
                "TargetTrackingScalingPolicyConfiguration": {
                    "TargetValue": 1,
                    "PredefinedMetricSpecification": {
                        "PredefinedMetricType": "SageMakerInferenceComponentInvocationsPerCopy"
                    },
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
                "AlarmActions": [{"Ref": "Wake"}],
                "Namespace": "AWS/SageMaker",
                "MetricName": "NoCapacityInvocationFailures",
                "Dimensions": [NAME],
                "Statistic": "Sum",
                "Period": 60,
                "EvaluationPeriods": 1,
                "Threshold": 1,
                "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            },
        },
    }
}


def reading(**changes: Any) -> FleetReading:
    """What is read when some properties, by resource and key, are otherwise; None takes a resource away."""
    template = copy.deepcopy(TEMPLATE)
    for name, change in changes.items():
        if change is None:
            del template["Resources"][name]
        else:
            template["Resources"][name]["Properties"] |= change
    return read_template(template)


def test_an_endpoint_that_goes_to_zero_is_read() -> None:
    """Written by hand, with references and without alarms for people."""
    read = reading()
    assert read.fleet is not None
    (endpoint,) = read.fleet.endpoints.values()

    assert isinstance(endpoint, InferenceComponentEndpointSpec)
    assert () == read.unread
    chat = endpoint.components["chat"]
    assert ("container", 4096, 1, True) == (chat.deployed_as, chat.memory, chat.accelerators, chat.sleeps)
    assert endpoint.alarms.server_error_percent is None


def test_what_is_deployed_has_room_whatever_we_assume() -> None:
    """Somebody saw 4096 MB refused on this type; the template stays what it is."""
    read = reading()
    assert read.fleet is not None
    (endpoint,) = read.fleet.endpoints.values()

    assert isinstance(endpoint, InferenceComponentEndpointSpec)
    assert 16 * 1024 == endpoint.schedulable_memory


@pytest.mark.parametrize(
    ("changes", "logical_id", "reason"),
    [
        ({"WakeAlarm": None, "Wake": None}, "Target", "nothing wakes the component once it has no copy"),
        (
            {"WakeAlarm": {"ComparisonOperator": "GreaterThanThreshold"}},
            "WakeAlarm",
            "a fleet means GreaterThanOrEqualToThreshold here",
        ),
        ({"Tracking": None}, "Target", "neither a metric nor the clock scales it"),
        ({"Chat": {"VariantName": "Other"}}, "Chat", "a fleet means AllTraffic here"),
        ({"Chat": {"EndpointName": "elsewhere"}}, "Chat", "no endpoint that was read needs it"),
    ],
)
def test_what_a_fleet_cannot_say_is_named(changes: dict[str, Any], logical_id: str, reason: str) -> None:
    """By its logical id, with the reason."""
    unread = reading(**changes).unread

    assert any(each.place.logical_id == logical_id and reason in each.reason for each in unread)


def test_one_specification_per_instance_type_is_named() -> None:
    """A fleet says one for the only type."""
    template = copy.deepcopy(TEMPLATE)
    chat = template["Resources"]["Chat"]["Properties"]
    chat["Specifications"] = [chat.pop("Specification")] * 2
    unread = read_template(template).unread

    assert any("one for all instance types" in each.reason for each in unread)
