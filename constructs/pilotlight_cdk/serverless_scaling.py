"""Makes the provisioned concurrency of a serverless endpoint grow and shrink."""

from __future__ import annotations

from aws_cdk import CfnResource
from constructs import Construct

from pilotlight.catalog import scaling, serverless
from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import AnyServerlessScaling, ScheduleScaling
from pilotlight_cdk.scalable_target import build_scalable_target
from pilotlight_cdk.scaling import Scaling
from pilotlight_cdk.tracking_policy import build_tracking_policy, predefined


class ServerlessScaling(Scaling):
    """Scales the provisioned concurrency of an endpoint; what runs on demand, SageMaker scales itself.

    AWS's guide to serverless inference says that CloudFormation does not support it, CloudFormation's own
    reference lists the dimension: see the page of `ServerlessEndpoint`.

    Args:
        endpoint_name: the literal name.
        endpoint: what has to exist first.
        spec: what to follow, and the bounds.

    Attributes:
        cfn_scalable_target: the provisioned concurrency, as Application Auto Scaling sees it.
        cfn_policy: holds its use near the target; None when only the clock decides.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        endpoint_name: str,
        endpoint: CfnResource,
        spec: AnyServerlessScaling,
    ) -> None:
        super().__init__(scope, id)
        self.cfn_scalable_target = build_scalable_target(
            self._scope,
            self._part("Target"),
            dimension=scaling.CONCURRENCY_DIMENSION,
            resource_id=scaling.resource_id(endpoint_name),
            bounds=spec,
            endpoint=endpoint,
        )
        self.cfn_policy = None
        if not isinstance(spec, ScheduleScaling):
            use = serverless.PROVISIONED_CONCURRENCY_UTILIZATION  # published as a share, not in percent
            self.cfn_policy = build_tracking_policy(
                self._scope,
                self._part("Tracking"),
                name=f"{spec.track}-of-{VARIANT_NAME}",
                target=self.cfn_scalable_target,
                spec=spec,
                followed=predefined(use, spec.target_percent / 100),
            )
