"""Reads how an update replaces the copies of an inference component."""

from __future__ import annotations

from typing import Any

from pilotlight.spec import AnyComponentDeployment, RollingCopiesDeployment
from pilotlight.template.deployment import TIMEOUT, WAIT, refuse_other_rollback, rolling_deployment
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built


def component_deployment(
    resources: Resources, config: Part, own_alarm: Resource | None
) -> AnyComponentDeployment | None:
    """Read a rolling policy, in percent or in copies; None when there is none."""
    refuse_other_rollback(resources, config, own_alarm)
    policy = config.part("RollingUpdatePolicy")
    if policy is None:
        return None
    size = policy.look("MaximumBatchSize")
    if not isinstance(size, dict) or size.get("Type") != "COPY_COUNT":
        return rolling_deployment(resources, policy)
    return built(
        RollingCopiesDeployment,
        resources.notes,
        policy.place,
        maximum_batch_copies=_copies(policy, "MaximumBatchSize"),
        rollback_maximum_batch_copies=_copies(policy, "RollbackMaximumBatchSize"),
        wait_interval=policy.seconds(WAIT),
        maximum_execution_timeout=policy.seconds(TIMEOUT),
    )


def _copies(policy: Part, key: str) -> Said[Any] | None:
    size = policy.part(key)
    if size is None:
        return None
    size.only("Type", "COPY_COUNT")
    return size.whole("Value")
