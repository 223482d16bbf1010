"""What an endpoint leaves behind for whoever looks into it."""

from __future__ import annotations

from pilotlight.spec.base import Spec
from pilotlight.spec.metrics_config import MetricsConfig


class Observed(Spec):
    """Metrics beside the usual, and what containers leave when they crash."""

    metrics_config: MetricsConfig | None = None
    """Metrics beside the usual. Default: SageMaker's own choice, each minute."""

    core_dumps: bool = False
    """Keep the memory of a container that crashed, in the bucket below `cores/<endpoint>/`: requests and
    weights are in it. Default: nothing of it is kept."""
