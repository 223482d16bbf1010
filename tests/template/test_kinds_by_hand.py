"""Endpoints of several containers, and of none of our own making: what a template by hand says of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotlight.spec import FleetRefused, MultiContainerSpec, PipelineSpec, ServerlessSpec
from pilotlight.template import FleetReading, read_template

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/ours:1"
ON_INSTANCES = {"InstanceType": "ml.m5.large", "InitialInstanceCount": 1}


def by_hand(model: dict[str, Any], variant: dict[str, Any], **more: Any) -> FleetReading:
    """Read one endpoint that somebody wrote."""
    named = {"VariantName": "AllTraffic", "ModelName": {"Fn::GetAtt": ["Model", "ModelName"]}}
    config = {"ProductionVariants": [named | variant]}
    return read_template(
        {
            "Resources": {
                "Model": {"Type": "AWS::SageMaker::Model", "Properties": {"ExecutionRoleArn": "r"} | model},
                "Config": {"Type": "AWS::SageMaker::EndpointConfig", "Properties": config},
                "Desk": {
                    "Type": "AWS::SageMaker::Endpoint",
                    "Properties": {
                        "EndpointName": "desk",
                        "EndpointConfigName": {"Fn::GetAtt": ["Config", "EndpointConfigName"]},
                    },
                },
                **more,
            }
        }
    )


def read(reading: FleetReading) -> Any:
    """The one endpoint that was read."""
    assert reading.fleet is not None
    (endpoint,) = reading.fleet.endpoints.values()
    return endpoint


def test_containers_are_a_pipeline_unless_the_model_says_otherwise() -> None:
    """Serial is SageMaker's default; a container without a name gets one, and that is said."""
    reading = by_hand({"Containers": [{"Image": IMAGE}, {"Image": IMAGE}]}, ON_INSTANCES)
    endpoint = read(reading)

    assert isinstance(endpoint, PipelineSpec)
    assert ["container-1", "container-2"] == [each.name for each in endpoint.containers]
    assert 2 == sum("ContainerHostname" in str(each) for each in reading.unread)


def test_direct_containers_are_asked_by_their_names() -> None:
    """Whatever their order."""
    containers = [{"Image": IMAGE, "ContainerHostname": name} for name in ("sort", "clean")]
    mode = {"InferenceExecutionConfig": {"Mode": "Direct"}}
    endpoint = read(by_hand({"Containers": containers} | mode, ON_INSTANCES))

    assert isinstance(endpoint, MultiContainerSpec)
    assert {"clean", "sort"} == {*endpoint.containers}


@pytest.mark.parametrize("where", ["PrimaryContainer", "Containers"])
def test_a_model_without_instances_is_serverless_however_it_is_written(where: str) -> None:
    """Its one container may stand in a list; its scaling is that of what is provisioned."""
    container: Any = {"Image": IMAGE}
    target = {
        "Type": "AWS::ApplicationAutoScaling::ScalableTarget",
        "Properties": {
            "ServiceNamespace": "sagemaker",
            "ScalableDimension": "sagemaker:variant:DesiredProvisionedConcurrency",
            "ResourceId": "endpoint/desk/variant/AllTraffic",
            "MinCapacity": 1,
            "MaxCapacity": 3,
        },
    }
    policy = {
        "Type": "AWS::ApplicationAutoScaling::ScalingPolicy",
        "Properties": {
            "PolicyName": "use",
            "PolicyType": "TargetTrackingScaling",
            "ScalingTargetId": {"Ref": "Target"},
            "TargetTrackingScalingPolicyConfiguration": {
                "TargetValue": 0.5,
                "PredefinedMetricSpecification": {
                    "PredefinedMetricType": "SageMakerVariantProvisionedConcurrencyUtilization"
                },
            },
        },
    }
    sizes = {"MemorySizeInMB": 4096, "MaxConcurrency": 8, "ProvisionedConcurrency": 2}
    model = {where: container if where == "PrimaryContainer" else [container]}
    reading = by_hand(model, {"ServerlessConfig": sizes}, Target=target, Policy=policy)
    endpoint = read(reading)

    assert isinstance(endpoint, ServerlessSpec)
    assert 2 == sum("does not publish" in str(each) for each in reading.unread)
    assert (4096, 8, 2, 50, False) == (
        endpoint.memory_size,
        endpoint.max_concurrency,
        endpoint.provisioned_concurrency,
        getattr(endpoint.scaling, "target_percent", None),
        endpoint.model.network_isolation,
    )


def test_what_serverless_inference_refuses_is_named_by_its_place() -> None:
    """A prefix of files would fail at deployment; the endpoint is not in the fleet that was read."""
    prefix = {
        "S3DataSource": {"S3Uri": "s3://models/a/", "S3DataType": "S3Prefix", "CompressionType": "None"}
    }
    container = {"Image": IMAGE, "ModelDataSource": prefix}
    reading = by_hand(
        {"PrimaryContainer": container}, {"ServerlessConfig": {"MemorySizeInMB": 1024, "MaxConcurrency": 1}}
    )

    assert reading.fleet is None
    assert any("one archive, not a prefix" in str(each) for each in reading.unread)


@pytest.mark.parametrize("math", [False, True])
def test_an_alarm_that_no_fleet_has_is_named(math: bool) -> None:
    """Also one that calculates with a metric of the endpoint."""
    dimensions = [{"Name": "EndpointName", "Value": "desk"}]
    metric = {"Namespace": "AWS/SageMaker", "MetricName": "Invocations", "Dimensions": dimensions}
    plain = {**metric, "Statistic": "Sum", "Period": 60}
    calculated = {
        "Metrics": [
            {"Id": "double", "Expression": "2 * asked"},
            {"Id": "asked", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "Sum"}},
        ]
    }
    alarm = {"Type": "AWS::CloudWatch::Alarm", "Properties": calculated if math else plain}
    reading = by_hand({"PrimaryContainer": {"Image": IMAGE}}, ON_INSTANCES, Asked=alarm)

    assert ["nothing in a fleet says this"] == [
        each.reason for each in reading.unread if each.place.logical_id == "Asked"
    ]


def test_a_test_of_variants_is_named() -> None:
    """An inference experiment gives an endpoint a shadow for a while."""
    experiment = {"Type": "AWS::SageMaker::InferenceExperiment", "Properties": {"EndpointName": "desk"}}
    reading = by_hand({"PrimaryContainer": {"Image": IMAGE}}, ON_INSTANCES, Trial=experiment)

    assert "template: Trial: no endpoint that was read needs it" in [str(each) for each in reading.unread]


def test_fails_when_nothing_declares_a_parameter(tmp_path: Path) -> None:
    """A misspelt one would change nothing; a cdk.out has the values of its own."""
    template = {"Parameters": {"Stage": {"Type": "String"}, "Size": {"Type": "Number"}}, "Resources": {}}
    with pytest.raises(FleetRefused) as error:
        read_template(template, parameters={"Stag": "prod", "Sise": 3})
    assert ["Parameters.Stag", "Parameters.Sise"] == [each.path for each in error.value.refusals]
    assert ["did you mean Stage?", "did you mean Size?"] == [each.hint for each in error.value.refusals]

    with pytest.raises(FleetRefused, match="no such parameter, got Stage, allowed none"):
        read_template(tmp_path, parameters={"Stage": "prod"})
