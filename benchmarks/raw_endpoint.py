"""A real-time endpoint that scales, as raw L1s: what the same resources take without a construct library."""

from __future__ import annotations

from typing import Any, Final

from aws_cdk import Aws, Stack
from aws_cdk import aws_applicationautoscaling as autoscaling
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker

ACCOUNT: Final = "123456789012"
REGION: Final = "us-east-1"
KEY_ARN: Final = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
TOPIC_ARN: Final = f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms"
IMAGE: Final = f"763104351884.dkr.ecr.{REGION}.amazonaws.com/pytorch-inference:2.6.0-cpu-py312"
ARTIFACT: Final = "s3://models/ocr/model.tar.gz"
INSTANCE_TYPE: Final = "ml.m5.large"
TARGET_PER_INSTANCE: Final = 4
MAX_CAPACITY: Final = 2
ENVIRONMENT: Final = {
    "SAGEMAKER_PROGRAM": "inference.py",
    "SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code",
}


def add_raw_endpoint(stack: Stack, number: int, endpoint_name: str) -> None:
    """Add the eight resources of one endpoint."""
    role, policy = _role(stack, number, endpoint_name)
    model = sagemaker.CfnModel(
        stack,
        f"Model{number}",
        execution_role_arn=role.attr_arn,
        enable_network_isolation=True,
        primary_container=sagemaker.CfnModel.ContainerDefinitionProperty(
            image=IMAGE, environment=ENVIRONMENT, model_data_url=ARTIFACT
        ),
    )
    model.add_resource_dependency(policy)
    endpoint = _endpoint(stack, number, endpoint_name, model)
    _scaling(stack, number, endpoint_name, endpoint)
    _alarm(stack, number, endpoint_name)


def _role(stack: Stack, number: int, endpoint_name: str) -> tuple[iam.CfnRole, iam.CfnPolicy]:
    role = iam.CfnRole(
        stack,
        f"Role{number}",
        description="Runs a SageMaker model: pulls its image, reads its files, writes logs and metrics",
        assume_role_policy_document=_document(_trust()),
    )
    policy = iam.CfnPolicy(
        stack,
        f"Policy{number}",
        policy_name="Hosting",
        policy_document=_document(*_image(), *_files(), _metrics(), _logs(endpoint_name), _volumes()),
        roles=[role.ref],
    )
    return role, policy


def _document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Statement": list(statements), "Version": "2012-10-17"}


def _statement(action: str | list[str], resource: str | list[str], **more: Any) -> dict[str, Any]:
    return {"Action": action, "Effect": "Allow", "Resource": resource, **more}


def _trust() -> dict[str, Any]:
    source = f"arn:{Aws.PARTITION}:sagemaker:{REGION}:{ACCOUNT}:*"
    return {
        "Action": "sts:AssumeRole",
        "Condition": {"ArnLike": {"aws:SourceArn": source}},
        "Effect": "Allow",
        "Principal": {"Service": "sagemaker.amazonaws.com"},
    }


def _files() -> tuple[dict[str, Any], ...]:
    bucket, _, key = ARTIFACT.removeprefix("s3://").partition("/")
    arn = f"arn:{Aws.PARTITION}:s3:::{bucket}"
    return (
        _statement("s3:GetObject", f"{arn}/{key}"),
        _statement("s3:ListBucket", arn, Condition={"StringLike": {"s3:prefix": key}}),
    )


def _image() -> tuple[dict[str, Any], ...]:
    registry, _, path = IMAGE.partition("/")
    repository = f"{registry.partition('.')[0]}:repository/{path.partition(':')[0]}"
    pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    return (
        _statement("ecr:GetAuthorizationToken", "*"),
        _statement(pull, f"arn:{Aws.PARTITION}:ecr:{REGION}:{repository}"),
    )


def _metrics() -> dict[str, Any]:
    namespaces = ["AWS/SageMaker", "/aws/sagemaker/Endpoints"]
    condition = {"StringEquals": {"cloudwatch:namespace": namespaces}}
    return _statement("cloudwatch:PutMetricData", "*", Condition=condition)


def _logs(endpoint_name: str) -> dict[str, Any]:
    verbs = ("CreateLogGroup", "CreateLogStream", "DescribeLogStreams", "PutLogEvents")
    group = f"arn:{Aws.PARTITION}:logs:{REGION}:{ACCOUNT}:log-group:/aws/sagemaker/Endpoints/{endpoint_name}"
    return _statement([f"logs:{verb}" for verb in verbs], [group, f"{group}:*"])


def _volumes() -> dict[str, Any]:
    condition = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    return _statement("kms:CreateGrant", KEY_ARN, Condition=condition)


def _endpoint(
    stack: Stack, number: int, endpoint_name: str, model: sagemaker.CfnModel
) -> sagemaker.CfnEndpoint:
    properties = sagemaker.CfnEndpointConfig
    config = properties(
        stack,
        f"Config{number}",
        kms_key_id=KEY_ARN,
        production_variants=[
            properties.ProductionVariantProperty(
                variant_name="AllTraffic",
                model_name=model.attr_model_name,
                instance_type=INSTANCE_TYPE,
                initial_instance_count=1,
                initial_variant_weight=1,
                routing_config=properties.RoutingConfigProperty(
                    routing_strategy="LEAST_OUTSTANDING_REQUESTS"
                ),
            )
        ],
    )
    return sagemaker.CfnEndpoint(
        stack,
        f"Endpoint{number}",
        endpoint_name=endpoint_name,
        endpoint_config_name=config.attr_endpoint_config_name,
        retain_all_variant_properties=True,
    )


def _scaling(stack: Stack, number: int, endpoint_name: str, endpoint: sagemaker.CfnEndpoint) -> None:
    service = "sagemaker.application-autoscaling.amazonaws.com"
    role = f"role/aws-service-role/{service}/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint"
    target = autoscaling.CfnScalableTarget(
        stack,
        f"Target{number}",
        service_namespace="sagemaker",
        scalable_dimension="sagemaker:variant:DesiredInstanceCount",
        resource_id=f"endpoint/{endpoint_name}/variant/AllTraffic",
        min_capacity=1,
        max_capacity=MAX_CAPACITY,
        role_arn=f"arn:{Aws.PARTITION}:iam::{ACCOUNT}:{role}",
    )
    target.add_resource_dependency(endpoint)
    policy = autoscaling.CfnScalingPolicy
    policy(
        stack,
        f"Tracking{number}",
        policy_name="concurrency-of-AllTraffic",
        policy_type="TargetTrackingScaling",
        scaling_target_id=target.ref,
        target_tracking_scaling_policy_configuration=policy.TargetTrackingScalingPolicyConfigurationProperty(
            target_value=TARGET_PER_INSTANCE,
            scale_in_cooldown=300,
            scale_out_cooldown=300,
            predefined_metric_specification=policy.PredefinedMetricSpecificationProperty(
                predefined_metric_type="SageMakerVariantConcurrentRequestsPerModelHighResolution"
            ),
        ),
    )


def _alarm(stack: Stack, number: int, endpoint_name: str) -> None:
    dimension = cloudwatch.CfnAlarm.DimensionProperty
    cloudwatch.CfnAlarm(
        stack,
        f"Alarm{number}",
        alarm_actions=[TOPIC_ARN],
        alarm_description=f"The model of {endpoint_name} fails on 5 % of the requests or more",
        comparison_operator="GreaterThanOrEqualToThreshold",
        dimensions=[
            dimension(name="EndpointName", value=endpoint_name),
            dimension(name="VariantName", value="AllTraffic"),
        ],
        evaluation_periods=1,
        metric_name="Invocation5XXErrors",
        namespace="AWS/SageMaker",
        period=300,
        statistic="Average",
        threshold=0.05,
        treat_missing_data="notBreaching",
    )
