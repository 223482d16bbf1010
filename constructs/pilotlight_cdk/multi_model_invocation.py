"""What an endpoint of many models is to its callers, whoever created it."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import aws_iam as iam

from pilotlight.catalog import actions
from pilotlight.catalog.multi_model import TARGET_MODEL_CONDITION
from pilotlight_cdk.multi_model_metrics import MultiModelMetrics
from pilotlight_cdk.permission import allow
from pilotlight_cdk.synchronous_endpoint import SynchronousEndpoint


class MultiModelInvocation(SynchronousEndpoint, MultiModelMetrics):
    """Grants the use of all models, or of some; nothing can be streamed."""

    def grant_invoke(
        self, grantee: iam.IGrantable, *, target_models: Sequence[str] | None = None
    ) -> iam.Grant:
        """Let somebody ask the models.

        Args:
            grantee: who.
            target_models: only these, as `acme.tar.gz` or `acme/*`. Default: every model of the endpoint.
                Requests then need a TargetModel that matches (SageMaker Developer Guide, Multi-Model
                Endpoint Security).
        """
        conditions = None
        if target_models is not None:
            conditions = {"StringLike": {TARGET_MODEL_CONDITION: [*target_models]}}
        return allow(grantee, (actions.INVOKE_ENDPOINT,), (self.endpoint_arn,), conditions=conditions)
