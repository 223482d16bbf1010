"""Draws anything that looks like a template: endpoints with wrong values, functions of nothing, and worse."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

TYPES = (
    "AWS::SageMaker::Endpoint",
    "AWS::SageMaker::EndpointConfig",
    "AWS::SageMaker::Model",
    "AWS::ApplicationAutoScaling::ScalableTarget",
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "AWS::CloudWatch::Alarm",
    "AWS::Lambda::Function",
)
IDS = ("Endpoint", "Config", "Model", "Other")
KEYS = (
    "AsyncInferenceConfig",
    "BlueGreenUpdatePolicy",
    "Containers",
    "DataCaptureConfig",
    "DeploymentConfig",
    "Dimensions",
    "EndpointConfigName",
    "EndpointName",
    "Environment",
    "Image",
    "InitialInstanceCount",
    "InstanceType",
    "MetricName",
    "MinCapacity",
    "Mode",
    "ModelDataSource",
    "ModelDataUrl",
    "ModelName",
    "MultiModelConfig",
    "Name",
    "Namespace",
    "NotificationConfig",
    "OutputConfig",
    "PrimaryContainer",
    "ProductionVariants",
    "ResourceId",
    "RoutingConfig",
    "ScalingTargetId",
    "ScheduledActions",
    "SecurityGroupIds",
    "Subnets",
    "TargetTrackingScalingPolicyConfiguration",
    "Threshold",
    "Value",
    "Variables",
    "VpcConfig",
)
FUNCTIONS = (
    "Condition",
    "Fn::And",
    "Fn::Base64",
    "Fn::Cidr",
    "Fn::Equals",
    "Fn::FindInMap",
    "Fn::GetAtt",
    "Fn::GetStackOutput",
    "Fn::If",
    "Fn::ImportValue",
    "Fn::Join",
    "Fn::Not",
    "Fn::Select",
    "Fn::Split",
    "Fn::Sub",
    "Fn::Transform",
    "Ref",
)
WORDS = (
    "ml.m5.large",
    "AllTraffic",
    "s3://models/k/",
    "s3://b/",
    "${Config}",
    "${Model.ModelName}",
    "${AWS::Region}",
    *IDS,
)

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**20, 10**400)
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(WORDS)
)
values: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS + FUNCTIONS) | st.text(max_size=4), below, max_size=4)
        | st.dictionaries(st.sampled_from(FUNCTIONS), below, min_size=1, max_size=1)
    ),
    max_leaves=20,
)
resources = st.fixed_dictionaries(
    {"Type": st.sampled_from(TYPES)},
    optional={
        "Properties": st.dictionaries(st.sampled_from(KEYS), values, max_size=8) | values,
        "Condition": st.sampled_from(IDS) | values,
        "Metadata": values,
    },
)


def _of(logical_id: str, attribute: str) -> st.SearchStrategy[Any]:
    """Draw one of the ways to refer to an attribute."""
    return st.sampled_from(
        [
            {"Fn::GetAtt": [logical_id, attribute]},
            {"Ref": logical_id},
            {"Fn::Sub": f"${{{logical_id}.{attribute}}}"},
        ]
    )


def _resource(type_: str, required: Any, optional: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """Draw a resource that has the right properties, and any values in most of them."""
    properties = st.fixed_dictionaries(required, optional=dict.fromkeys(optional, values))
    return st.fixed_dictionaries({"Type": st.just(type_), "Properties": properties})


variants = st.fixed_dictionaries(
    {"ModelName": _of("Model", "ModelName"), "InstanceType": st.just("ml.m5.large")},
    optional=dict.fromkeys(
        ("InitialInstanceCount", "InitialVariantWeight", "RoutingConfig", "VariantName", "VolumeSizeInGB"),
        values,
    ),
)
containers = st.fixed_dictionaries(
    {"Image": st.just("a:1") | values},
    optional={
        "Mode": st.sampled_from(["MultiModel", "SingleModel"]) | values,
        **dict.fromkeys(("Environment", "ModelDataUrl", "ModelDataSource", "MultiModelConfig"), values),
    },
)
endpoints = st.fixed_dictionaries(
    {
        "Endpoint": _resource(
            TYPES[0],
            {"EndpointConfigName": _of("Config", "EndpointConfigName")},
            ("EndpointName", "DeploymentConfig"),
        ),
        "Config": _resource(
            TYPES[1],
            {"ProductionVariants": st.lists(variants, min_size=1, max_size=3)},
            ("AsyncInferenceConfig", "DataCaptureConfig", "ShadowProductionVariants"),
        ),
        "Model": _resource(
            TYPES[2], {"PrimaryContainer": containers}, ("VpcConfig", "EnableNetworkIsolation")
        ),
    },
    optional={
        "Other": resources,
        "Target": _resource(
            TYPES[3],
            {
                "ResourceId": st.just({"Fn::Sub": "endpoint/${Endpoint.EndpointName}/variant/AllTraffic"}),
                "ScalableDimension": st.just("sagemaker:variant:DesiredInstanceCount"),
                "ServiceNamespace": st.just("sagemaker"),
            },
            ("MinCapacity", "MaxCapacity", "ScheduledActions"),
        ),
        "Policy": _resource(
            TYPES[4],
            {"ScalingTargetId": st.just({"Ref": "Target"})},
            ("PolicyType", "TargetTrackingScalingPolicyConfiguration", "StepScalingPolicyConfiguration"),
        ),
    },
)


def _named(content: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.dictionaries(st.sampled_from(IDS), content, max_size=3)


any_templates = st.fixed_dictionaries(
    {"Resources": endpoints | _named(resources | values)},
    optional={
        "Parameters": _named(values) | values,
        "Conditions": _named(values) | values,
        "Mappings": values,
        "Outputs": _named(values) | values,
        "Transform": values,
        "Description": values,
    },
)
