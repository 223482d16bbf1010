"""What the role of a model needs: its image, its logs and metrics, alarms and volumes, nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from aws_cdk.interfaces.aws_cloudwatch import IAlarmRef
from constructs import Construct

from pilotlight.catalog import actions, metrics
from pilotlight.catalog.inference_components import LOG_GROUP_PREFIX
from pilotlight_cdk.location import Location
from pilotlight_cdk.permission import Permission

NO_RESOURCE: Final = (
    "the ECR token and PutMetricData know no resource; metrics are limited to those of SageMaker"
)
"""Why two statements of the role are about `*`."""


def image_permissions(repository_arn: str) -> tuple[Permission, ...]:
    """To pull the images of one repository."""
    return (
        Permission((actions.GET_REGISTRY_TOKEN,), ("*",), wildcard_because=NO_RESOURCE),
        Permission(actions.PULL_IMAGE, (repository_arn,)),
    )


def metric_permission(*further: str) -> Permission:
    """To publish the metrics of hosting, those of further namespaces included, and no others."""
    namespaces = [metrics.INVOCATION_NAMESPACE, metrics.INSTANCE_NAMESPACE, *further]
    return Permission(
        (actions.PUT_METRIC_DATA,),
        ("*",),
        conditions={"StringEquals": {"cloudwatch:namespace": namespaces}},
        wildcard_because=NO_RESOURCE,
    )


def component_permissions(
    scope: Construct, component_name: str, rollback_alarms: Sequence[IAlarmRef]
) -> tuple[Permission, ...]:
    """To write the logs of one inference component, and to look at what takes its updates back."""
    return (_logs(scope, f"{LOG_GROUP_PREFIX}{component_name}"), *_alarms(rollback_alarms))


def hosting_permissions(
    scope: Construct,
    endpoint_name: str,
    *,
    rollback_alarms: Sequence[IAlarmRef],
    volume_key_arn: str | None,
) -> tuple[Permission, ...]:
    """What hosting on an endpoint takes, whatever is hosted.

    Args:
        scope: the endpoint.
        endpoint_name: for its logs.
        rollback_alarms: take an update back.
        volume_key_arn: encrypts the volumes; None where the hardware does.
    """
    return (
        _logs(scope, f"/aws/sagemaker/Endpoints/{endpoint_name}"),
        *_alarms(rollback_alarms),
        *volume_permissions(volume_key_arn),
    )


def volume_permissions(key_arn: str | None) -> tuple[Permission, ...]:
    """To let SageMaker use the key of the storage volumes of instances; None means there is no key.

    The grant is for AWS services only (SageMaker Developer Guide, How to use SageMaker execution roles).
    """
    if key_arn is None:
        return ()
    for_services = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    return (Permission((actions.KMS_CREATE_GRANT,), (key_arn,), conditions=for_services),)


def _logs(scope: Construct, group_name: str) -> Permission:
    group = Location.of(scope).arn("logs", f"log-group:{group_name}")
    because = "SageMaker names the log streams after instances that do not exist yet"
    return Permission(actions.WRITE_LOGS, (group, f"{group}:*"), wildcard_because=because)


def _alarms(rollback_alarms: Sequence[IAlarmRef]) -> tuple[Permission, ...]:
    """To look at the alarms that roll an update back (SageMaker Developer Guide, Auto-rollback)."""
    arns = [each.alarm_ref.alarm_arn for each in rollback_alarms]
    return (Permission((actions.DESCRIBE_ALARMS,), arns),) if arns else ()
