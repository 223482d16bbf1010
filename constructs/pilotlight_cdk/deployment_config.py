"""Writes how an update replaces instances in CloudFormation's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aws_cdk.aws_sagemaker import CfnEndpoint
from aws_cdk.interfaces.aws_cloudwatch import IAlarmRef

from pilotlight.catalog.limits import ROLLBACK_ALARMS
from pilotlight.spec import (
    AllAtOnceDeployment,
    BlueGreenDeployment,
    CanaryDeployment,
    Deployment,
    FleetRefused,
    LinearDeployment,
    Refusal,
    RollingDeployment,
)
from pilotlight.spec.base import Spec
from pilotlight_cdk.in_seconds import in_seconds


def deployment_config(
    deployment: Deployment | None, rollback_alarms: Sequence[IAlarmRef]
) -> CfnEndpoint.DeploymentConfigProperty | None:
    """Give the deployment configuration of an endpoint; None leaves the choice to SageMaker.

    Without rollback alarms an update is rolled back only when the new instances do not start.
    """
    if deployment is None and not rollback_alarms:
        return None
    return CfnEndpoint.DeploymentConfigProperty(
        rolling_update_policy=_rolling(deployment) if isinstance(deployment, RollingDeployment) else None,
        blue_green_update_policy=_blue_green(deployment)
        if isinstance(deployment, BlueGreenDeployment)
        else None,
        auto_rollback_configuration=_rollback(rollback_alarms),
    )


def chosen_rollback_alarms(
    where: object,
    given: Sequence[IAlarmRef] | None,
    own: Iterable[IAlarmRef | None],
    deployment: Spec | None,
) -> tuple[IAlarmRef, ...]:
    """Give what takes an update back.

    Args:
        where: path of the construct, for the message.
        given: its `rollback_alarms`.
        own: its alarms on failures; as many of them as AWS takes are the default with a deployment.
        deployment: how an update replaces what there is.

    Raises FleetRefused when more are given than AWS takes.
    """
    if given is None:
        kept = [alarm for alarm in own if alarm is not None and deployment is not None]
        return tuple(kept[: ROLLBACK_ALARMS.maximum])
    if given and not ROLLBACK_ALARMS.allows(len(given)):
        got, place = f"{len(given)} alarms", f"{where}.rollback_alarms"
        raise FleetRefused((Refusal("", None, place, "too many", got, str(ROLLBACK_ALARMS)),))
    return tuple(given)


def _rolling(deployment: RollingDeployment) -> CfnEndpoint.RollingUpdatePolicyProperty:
    rollback = deployment.rollback_maximum_batch_percent
    return CfnEndpoint.RollingUpdatePolicyProperty(
        maximum_batch_size=_percent(deployment.maximum_batch_percent),
        rollback_maximum_batch_size=None if rollback is None else _percent(rollback),
        wait_interval_in_seconds=round(deployment.wait_interval.total_seconds()),
        maximum_execution_timeout_in_seconds=in_seconds(deployment.maximum_execution_timeout),
    )


def _blue_green(deployment: BlueGreenDeployment) -> CfnEndpoint.BlueGreenUpdatePolicyProperty:
    return CfnEndpoint.BlueGreenUpdatePolicyProperty(
        traffic_routing_configuration=_routing(deployment),
        termination_wait_in_seconds=in_seconds(deployment.termination_wait),
        maximum_execution_timeout_in_seconds=in_seconds(deployment.maximum_execution_timeout),
    )


def _routing(deployment: BlueGreenDeployment) -> CfnEndpoint.TrafficRoutingConfigProperty:
    wait = round(deployment.wait_interval.total_seconds())
    match deployment:
        case CanaryDeployment():
            return CfnEndpoint.TrafficRoutingConfigProperty(
                type="CANARY",
                canary_size=_percent(deployment.canary_percent),
                wait_interval_in_seconds=wait,
            )
        case LinearDeployment():
            return CfnEndpoint.TrafficRoutingConfigProperty(
                type="LINEAR",
                linear_step_size=_percent(deployment.linear_step_percent),
                wait_interval_in_seconds=wait,
            )
        case AllAtOnceDeployment():
            return CfnEndpoint.TrafficRoutingConfigProperty(type="ALL_AT_ONCE", wait_interval_in_seconds=wait)
        case _:
            raise TypeError(f"unknown deployment {type(deployment).__name__}")


def _rollback(alarms: Sequence[IAlarmRef]) -> CfnEndpoint.AutoRollbackConfigProperty | None:
    if not alarms:
        return None
    return CfnEndpoint.AutoRollbackConfigProperty(
        alarms=[CfnEndpoint.AlarmProperty(alarm_name=alarm.alarm_ref.alarm_name) for alarm in alarms]
    )


def _percent(value: int) -> CfnEndpoint.CapacitySizeProperty:
    return CfnEndpoint.CapacitySizeProperty(type="CAPACITY_PERCENT", value=value)
