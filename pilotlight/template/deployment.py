"""Reads how an update replaces the instances of an endpoint."""

from __future__ import annotations

from typing import Any, Final

from pilotlight.catalog.limits import ROLLBACK_ALARMS
from pilotlight.spec import (
    AllAtOnceDeployment,
    CanaryDeployment,
    Deployment,
    LinearDeployment,
    RollingDeployment,
)
from pilotlight.template.endpoint_alarm import ALARM
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built

TIMEOUT: Final = "MaximumExecutionTimeoutInSeconds"
WAIT: Final = "WaitIntervalInSeconds"


def deployment_of(
    resources: Resources, endpoint: Resource, *own_alarms: Resource | None
) -> Deployment | None:
    """Read the deployment configuration of an endpoint; None leaves the choice to SageMaker.

    Args:
        resources: all of them.
        endpoint: has the configuration.
        own_alarms: take an update back, as nothing in a fleet says others; None is one that there is not.
    """
    config = endpoint.part.part("DeploymentConfig")
    if config is None:
        return None
    refuse_other_rollback(resources, config, *own_alarms)
    if (rolling := config.part("RollingUpdatePolicy")) is not None:
        return rolling_deployment(resources, rolling)
    blue_green = config.part("BlueGreenUpdatePolicy")
    return None if blue_green is None else _blue_green(resources, blue_green)


def rolling_deployment(resources: Resources, policy: Part) -> RollingDeployment | None:
    """Read a policy that replaces a share of the capacity at a time."""
    return built(
        RollingDeployment,
        resources.notes,
        policy.place,
        maximum_batch_percent=_percent(policy, "MaximumBatchSize"),
        rollback_maximum_batch_percent=_percent(policy, "RollbackMaximumBatchSize"),
        wait_interval=policy.seconds(WAIT),
        maximum_execution_timeout=policy.seconds(TIMEOUT),
    )


def _blue_green(resources: Resources, policy: Part) -> Deployment | None:
    routing = policy.part("TrafficRoutingConfiguration")
    if routing is None:
        return None
    said: dict[str, Any] = {
        "wait_interval": routing.seconds(WAIT),
        "termination_wait": policy.seconds("TerminationWaitInSeconds"),
        "maximum_execution_timeout": policy.seconds(TIMEOUT),
    }
    match routing.raw("Type"):
        case "CANARY":
            said |= {"canary_percent": _percent(routing, "CanarySize")}
            return built(CanaryDeployment, resources.notes, routing.place, **said)
        case "LINEAR":
            said |= {"linear_step_percent": _percent(routing, "LinearStepSize")}
            return built(LinearDeployment, resources.notes, routing.place, **said)
        case "ALL_AT_ONCE":
            return built(AllAtOnceDeployment, resources.notes, routing.place, **said)
        case _:
            routing.note("Type", "not a way to move traffic that we know")
            return None


def _percent(policy: Part, key: str) -> Said[int] | None:
    size = policy.part(key)
    if size is None:
        return None
    size.only("Type", "CAPACITY_PERCENT")
    return size.whole("Value")


def refuse_other_rollback(resources: Resources, config: Part, *own_alarms: Resource | None) -> None:
    """Look whether an update is taken back by the endpoint's own alarms, which a fleet need not say."""
    key = "AutoRollbackConfiguration"
    rollback = config.part(key)
    alarms = () if rollback is None else rollback.parts("Alarms")
    found = [resources.find(each.raw("AlarmName"), ALARM, "AlarmName") for each in alarms]
    own = [each for each in own_alarms if each is not None][: ROLLBACK_ALARMS.maximum]
    if len(found) != len(own) or any(each not in own for each in found):
        what = "a fleet takes an update back by the endpoint's own alarms on failures, and no others"
        config.note(key, what)
