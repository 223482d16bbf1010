"""How an update replaces the copies of an inference component."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final, Literal

from pilotlight.catalog.inference_components import BATCH_COPIES
from pilotlight.spec.base import Spec
from pilotlight.spec.deployment import RollingDeployment, Timeout, Wait
from pilotlight.spec.one_of import OneOf
from pilotlight.spec.within import Within


class RollingCopiesDeployment(Spec):
    """Replaces the copies batch by batch, so many at a time."""

    policy: Literal["rolling-copies"] = "rolling-copies"
    """Batch by batch, counted in copies."""

    maximum_batch_copies: Annotated[int, Within(BATCH_COPIES)] = 1
    """The most copies that are replaced at once; AWS asks for 5 to 50 percent of them."""

    rollback_maximum_batch_copies: Annotated[int, Within(BATCH_COPIES)] | None = None
    """The most copies that are put back at once. Default: all at once."""

    wait_interval: Wait = timedelta(seconds=300)
    """How long the alarms watch a batch before the next one."""

    maximum_execution_timeout: Timeout | None = None
    """After this long the update is rolled back. Default: SageMaker's own limit."""


COMPONENT_DEPLOYMENTS: Final = (RollingDeployment, RollingCopiesDeployment)

AnyComponentDeployment = RollingDeployment | RollingCopiesDeployment
"""Either of them, for annotations."""

ComponentDeployment = Annotated[AnyComponentDeployment, OneOf("policy", COMPONENT_DEPLOYMENTS)]
"""One of the two, told apart by `policy`."""
