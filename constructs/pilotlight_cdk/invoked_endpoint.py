"""What InvokeEndpoint asks: an `IEndpoint`, whatever it runs on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from aws_cdk import aws_iam as iam

from pilotlight.catalog import actions
from pilotlight_cdk.any_endpoint import AnyEndpoint
from pilotlight_cdk.permission import allow
from pilotlight_cdk.request_metrics import RequestMetrics


class InvokedEndpoint(AnyEndpoint, RequestMetrics):
    """An endpoint that answers while the caller waits."""

    INVOKED_BY: ClassVar[Sequence[str]] = (actions.INVOKE_ENDPOINT,)
    """What callers may do with it."""

    @property
    def endpoint_name(self) -> str:  # type: ignore[override] # jsii asks for a property
        """A literal, not a reference."""
        return self._endpoint_name

    def grant_invoke(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let somebody invoke the endpoint."""
        return allow(grantee, self.INVOKED_BY, (self.endpoint_arn,))
