"""What an endpoint of containers side by side is to its callers, whoever created it."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import aws_iam as iam

from pilotlight.catalog import actions
from pilotlight.catalog.containers import TARGET_CONTAINER_CONDITION
from pilotlight_cdk.container_metrics import ContainerMetrics
from pilotlight_cdk.permission import allow
from pilotlight_cdk.realtime_metrics import RealtimeMetrics
from pilotlight_cdk.synchronous_endpoint import SynchronousEndpoint


class MultiContainerInvocation(SynchronousEndpoint, RealtimeMetrics):
    """Grants the use of all containers, or of some, and names their metrics."""

    def container(self, name: str) -> ContainerMetrics:
        """The metrics of one container, which the endpoint has or has not."""
        return ContainerMetrics(self._endpoint_name, name)

    def grant_invoke(self, grantee: iam.IGrantable, *, containers: Sequence[str] | None = None) -> iam.Grant:
        """Let somebody ask the containers.

        Args:
            grantee: who.
            containers: only these, for whole answers (SageMaker Developer Guide, Security with
                multi-container endpoints with direct invocation). Default: every container of the endpoint,
                for whole answers and for streams.
        """
        if containers is None:
            return super().grant_invoke(grantee)
        conditions = {"StringEquals": {TARGET_CONTAINER_CONDITION: [*containers]}}
        return allow(grantee, (actions.INVOKE_ENDPOINT,), (self.endpoint_arn,), conditions=conditions)
