"""What may be said about the instances of a production variant, whatever they host."""

from __future__ import annotations

from typing import Annotated

from pilotlight.catalog import limits
from pilotlight.spec.base import Spec
from pilotlight.spec.size import Size
from pilotlight.spec.within import Within


class InstanceOptions(Spec):
    """Options of instances. List it before the class that has `instance_type`, which then comes first."""

    volume_size: Annotated[Size, Within(limits.VOLUME_SIZE_GB)] | None = None
    """The storage of each instance. Default: SageMaker chooses by the instance type."""
