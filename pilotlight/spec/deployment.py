"""How an update replaces the running instances."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pilotlight.catalog import limits
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import Duration
from pilotlight.spec.one_of import OneOf
from pilotlight.spec.within import Within

Wait = Annotated[Duration, Within(limits.DEPLOYMENT_WAIT)]
TerminationWait = Annotated[Duration, Within(limits.DEPLOYMENT_TERMINATION_WAIT)]
Timeout = Annotated[Duration, Within(limits.DEPLOYMENT_TIMEOUT)]


class RollingDeployment(Spec):
    """Replaces the instances batch by batch."""

    policy: Literal["rolling"] = "rolling"
    """Batch by batch."""

    maximum_batch_percent: Annotated[int, Within(limits.ROLLING_BATCH_PERCENT)] = 50
    """The largest share of the capacity that is replaced at once."""

    rollback_maximum_batch_percent: Annotated[int, Within(limits.ROLLBACK_BATCH_PERCENT)] | None = None
    """The largest share that is put back at once. Default: everything at once."""

    wait_interval: Wait = timedelta(seconds=300)
    """How long the alarms watch a batch before the next one."""

    maximum_execution_timeout: Timeout | None = None
    """After this long the update is rolled back. Default: SageMaker's own limit."""


class BlueGreenDeployment(Spec):
    """Starts a second set of instances and moves the traffic to it; base of the three ways to move."""

    wait_interval: Wait = timedelta(seconds=300)
    """How long the alarms watch a step before the next one."""

    termination_wait: TerminationWait | None = None
    """How long the old instances stay after the last step. Default: not at all."""

    maximum_execution_timeout: Timeout | None = None
    """After this long the update is rolled back. Default: SageMaker's own limit."""


class CanaryDeployment(BlueGreenDeployment):
    """Moves a small share first, then the rest."""

    policy: Literal["canary"] = "canary"
    """A small share first."""

    canary_percent: Annotated[int, Within(limits.CANARY_PERCENT)] = 10
    """The share of the capacity that is moved first."""


class LinearDeployment(BlueGreenDeployment):
    """Moves the traffic in equal steps."""

    policy: Literal["linear"] = "linear"
    """In equal steps."""

    linear_step_percent: Annotated[int, Within(limits.LINEAR_STEP_PERCENT)] = 25
    """The share of the capacity that each step moves."""


class AllAtOnceDeployment(BlueGreenDeployment):
    """Moves all traffic in one step."""

    policy: Literal["all-at-once"] = "all-at-once"
    """In one step."""


DEPLOYMENTS = (RollingDeployment, CanaryDeployment, LinearDeployment, AllAtOnceDeployment)

Deployment = Annotated[
    RollingDeployment | CanaryDeployment | LinearDeployment | AllAtOnceDeployment,
    OneOf("policy", DEPLOYMENTS),
]
"""One of the ways to update, told apart by `policy`."""
