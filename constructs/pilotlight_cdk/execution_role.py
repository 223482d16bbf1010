"""The role that SageMaker assumes to run a model: what the container and the platform need, nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from constructs import Construct

from pilotlight.catalog import actions, metrics
from pilotlight.catalog.inference_components import LOG_GROUP_PREFIX
from pilotlight_cdk.location import Location
from pilotlight_cdk.permission import allow

NO_RESOURCE: Final = (
    "the ECR token and PutMetricData know no resource; metrics are limited to those of SageMaker"
)
"""Why two statements of the role are about `*`."""


def build_execution_role(scope: Construct, id: str) -> iam.Role:
    """Create the role of a model.

    Only SageMaker resources of the same account and region may assume it (SageMaker Developer Guide,
    Cross-service confused deputy prevention).
    """
    source = Location.of(scope).arn("sagemaker", "*")
    return iam.Role(
        scope,
        id,
        description="Runs a SageMaker model: pulls its image, reads its files, writes logs and metrics",
        assumed_by=iam.ServicePrincipal(
            "sagemaker.amazonaws.com", conditions={"ArnLike": {"aws:SourceArn": source}}
        ),
    )


def allow_image(role: iam.IGrantable, repository_arn: str) -> None:
    """Let the role pull the images of one repository."""
    allow(role, (actions.GET_REGISTRY_TOKEN,), ("*",), wildcard_because=NO_RESOURCE)
    allow(role, actions.PULL_IMAGE, (repository_arn,))


def allow_metrics(role: iam.IGrantable, *further: str) -> None:
    """Let the role publish the metrics of hosting, those of further namespaces included, and no others."""
    namespaces = [metrics.INVOCATION_NAMESPACE, metrics.INSTANCE_NAMESPACE, *further]
    allow(
        role,
        (actions.PUT_METRIC_DATA,),
        ("*",),
        conditions={"StringEquals": {"cloudwatch:namespace": namespaces}},
        wildcard_because=NO_RESOURCE,
    )


def allow_logs(role: iam.IGrantable, scope: Construct, endpoint_name: str) -> None:
    """Let the role write the logs of one endpoint."""
    _allow_group(role, scope, f"/aws/sagemaker/Endpoints/{endpoint_name}")


def allow_component_logs(role: iam.IGrantable, scope: Construct, component_name: str) -> None:
    """Let the role write the logs of one inference component."""
    _allow_group(role, scope, f"{LOG_GROUP_PREFIX}{component_name}")


def _allow_group(role: iam.IGrantable, scope: Construct, name: str) -> None:
    group = Location.of(scope).arn("logs", f"log-group:{name}")
    allow(
        role,
        actions.WRITE_LOGS,
        (group, f"{group}:*"),
        wildcard_because="SageMaker names the log streams after instances that do not exist yet",
    )


def allow_hosting(
    role: iam.IGrantable,
    scope: Construct,
    endpoint_name: str,
    *,
    rollback_alarms: Sequence[cloudwatch.IAlarm],
    volume_key_arn: str | None,
) -> None:
    """Let the role do what hosting on instances takes, whatever is hosted.

    Args:
        role: of a model.
        scope: the endpoint.
        endpoint_name: for its logs.
        rollback_alarms: take an update back.
        volume_key_arn: encrypts the volumes; None where the hardware does.
    """
    allow_logs(role, scope, endpoint_name)
    allow_alarms(role, [alarm.alarm_arn for alarm in rollback_alarms])
    if volume_key_arn is not None:
        allow_volumes(role, volume_key_arn)


def allow_alarms(role: iam.IGrantable, alarm_arns: Sequence[str]) -> None:
    """Let the role look at the alarms that roll an update back (SageMaker Developer Guide, Auto-rollback)."""
    if alarm_arns:
        allow(role, (actions.DESCRIBE_ALARMS,), alarm_arns)


def allow_volumes(role: iam.IGrantable, key_arn: str) -> None:
    """Let SageMaker use the key for the storage volumes of instances.

    The grant is for AWS services only (SageMaker Developer Guide, How to use SageMaker execution roles).
    """
    allow(
        role,
        (actions.KMS_CREATE_GRANT,),
        (key_arn,),
        conditions={"Bool": {"kms:GrantIsForAWSResource": "true"}},
    )
