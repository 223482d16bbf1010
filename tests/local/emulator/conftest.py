"""One embedded AWS for all tests of this folder; each test has resources of its own in it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from pilotlight.local.local_aws import LocalAws

_PAUSE_S = 0.02

STAND_IN = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130"
"""An image that needs a GPU: a stand-in runs for it."""


class Stacks:
    """Deploys templates and waits for how they come out."""

    def __init__(self, aws: LocalAws) -> None:
        self.aws = aws
        self._cloudformation = aws.client("cloudformation")

    def client(self, service: str) -> Any:
        """A client of the emulator."""
        return self.aws.client(service)

    def create(self, name: str, template: dict[str, Any]) -> str:
        """Create a stack; give its status."""
        self._cloudformation.create_stack(StackName=name, TemplateBody=json.dumps(template))
        return self.settled(name)

    def update(self, name: str, template: dict[str, Any]) -> str:
        """Update a stack; give its status."""
        self._cloudformation.update_stack(StackName=name, TemplateBody=json.dumps(template))
        return self.settled(name)

    def change(self, name: str, template: dict[str, Any]) -> str:
        """Update a stack by a change set, as the CDK CLI does; give its status."""
        self._cloudformation.create_change_set(
            StackName=name, ChangeSetName="change", TemplateBody=json.dumps(template)
        )
        self._cloudformation.execute_change_set(StackName=name, ChangeSetName="change")
        return self.settled(name)

    def delete(self, name: str) -> str:
        """Delete a stack; give its status."""
        stack_id = self._described(name)["StackId"]
        self._cloudformation.delete_stack(StackName=name)
        return self.settled(stack_id)

    def settled(self, name: str) -> str:
        """Wait until nothing goes on; give the status."""
        while (status := str(self._described(name)["StackStatus"])).endswith("_IN_PROGRESS"):
            time.sleep(_PAUSE_S)
        return status

    def outputs(self, name: str) -> dict[str, str]:
        """The outputs by key."""
        return {each["OutputKey"]: each["OutputValue"] for each in self._described(name).get("Outputs", [])}

    def reasons(self, name: str) -> str:
        """All reasons in the events, the newest first."""
        events = self._cloudformation.describe_stack_events(StackName=name)["StackEvents"]
        return "\n".join(each.get("ResourceStatusReason", "") for each in events)

    def _described(self, name: str) -> dict[str, Any]:
        [stack] = self._cloudformation.describe_stacks(StackName=name)["Stacks"]
        return dict(stack)


@pytest.fixture(scope="session")
def stacks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stacks]:
    """An embedded AWS in which half an hour lasts a second."""
    with LocalAws(tmp_path_factory.mktemp("emulator"), time_scale=1800) as aws:
        yield Stacks(aws)


@pytest.fixture(scope="session")
def endpoint_template() -> Any:
    """Makes the template of an endpoint that sleeps, with all that belongs to it."""
    return _endpoint_template


def _endpoint_template(
    name: str,
    *,
    image: str = STAND_IN,
    concurrency: int = 4,
    model_name: str | None = None,
    sleeps: bool = False,
) -> dict[str, Any]:
    hosting = _hosting(name, image=image, concurrency=concurrency, model_name=model_name)
    resources = {**hosting, **(_scaling(name) if sleeps else {})}
    outputs: dict[str, Any] = {
        key: {"Ref": key} for key in ("Model", "Endpoint", "Target", "Wake") if key in resources
    }
    outputs["Config"] = {"Fn::GetAtt": ["Config", "EndpointConfigName"]}
    return {"Resources": resources, "Outputs": {key: {"Value": value} for key, value in outputs.items()}}


def _hosting(name: str, *, image: str, concurrency: int, model_name: str | None) -> dict[str, Any]:
    variant = {
        "VariantName": "AllTraffic",
        "ModelName": {"Fn::GetAtt": ["Model", "ModelName"]},
        "InstanceType": "ml.g5.12xlarge",
        "InitialInstanceCount": 1,
    }
    asynchronous = {
        "OutputConfig": {"S3OutputPath": "s3://bucket/out/"},
        "ClientConfig": {"MaxConcurrentInvocationsPerInstance": concurrency},
    }
    return {
        "Model": {
            "Type": "AWS::SageMaker::Model",
            "Properties": {
                "PrimaryContainer": {"Image": image},
                **({} if model_name is None else {"ModelName": model_name}),
            },
        },
        "Config": {
            "Type": "AWS::SageMaker::EndpointConfig",
            "Properties": {"ProductionVariants": [variant], "AsyncInferenceConfig": asynchronous},
        },
        "Endpoint": {
            "Type": "AWS::SageMaker::Endpoint",
            "Properties": {
                "EndpointName": name,
                "EndpointConfigName": {"Fn::GetAtt": ["Config", "EndpointConfigName"]},
                "RetainAllVariantProperties": True,
            },
        },
    }


def _scaling(name: str) -> dict[str, Any]:
    metric = {"Namespace": "AWS/SageMaker", "Dimensions": [{"Name": "EndpointName", "Value": name}]}
    return {
        "Target": {
            "Type": "AWS::ApplicationAutoScaling::ScalableTarget",
            "Properties": {
                "MinCapacity": 0,
                "MaxCapacity": 2,
                "ServiceNamespace": "sagemaker",
                "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
                "ResourceId": {"Fn::Sub": "endpoint/${Endpoint.EndpointName}/variant/AllTraffic"},
            },
        },
        "Tracking": {
            "Type": "AWS::ApplicationAutoScaling::ScalingPolicy",
            "Properties": {
                "PolicyName": "backlog",
                "PolicyType": "TargetTrackingScaling",
                "ScalingTargetId": {"Ref": "Target"},
                "TargetTrackingScalingPolicyConfiguration": {
                    "TargetValue": 5,
                    "CustomizedMetricSpecification": {
                        **metric,
                        "MetricName": "ApproximateBacklogSizePerInstance",
                        "Statistic": "Average",
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
                    "StepAdjustments": [{"MetricIntervalLowerBound": 0, "ScalingAdjustment": 1}],
                },
            },
        },
        "WakeAlarm": {
            "Type": "AWS::CloudWatch::Alarm",
            "Properties": {
                **metric,
                "MetricName": "HasBacklogWithoutCapacity",
                "Statistic": "Average",
                "Period": 60,
                "EvaluationPeriods": 1,
                "Threshold": 1,
                "ComparisonOperator": "GreaterThanOrEqualToThreshold",
                "AlarmActions": [{"Ref": "Wake"}],
            },
        },
    }
