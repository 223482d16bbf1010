"""What a pipeline of containers is to its callers, whoever created it."""

from __future__ import annotations

from pilotlight.catalog import actions
from pilotlight_cdk.container_metrics import StepMetrics
from pilotlight_cdk.invocation_metrics import InvocationMetrics
from pilotlight_cdk.synchronous_endpoint import SynchronousEndpoint


class PipelineInvocation(SynchronousEndpoint, InvocationMetrics):
    """Names the metrics of its containers; a request passes through all of them, for a whole answer."""

    INVOKED_BY = (actions.INVOKE_ENDPOINT,)

    def container(self, name: str) -> StepMetrics:
        """The metrics of one container, which the endpoint has or has not."""
        return StepMetrics(self._endpoint_name, name)
