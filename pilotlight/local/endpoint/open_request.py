"""A request from the moment it is accepted until it has ended."""

from __future__ import annotations

from dataclasses import dataclass

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.hosting.async_request import AsyncRequest
from pilotlight.hosting.micros import SECOND, Micros
from pilotlight.local.containers.answer import Answer
from pilotlight.local.control_plane.async_inference_record import AsyncInferenceRecord
from pilotlight.local.endpoint.async_invocation import AcceptedInvocation, AsyncInvocation
from pilotlight.local.endpoint.result_locations import ResultLocations


@dataclass(slots=True)
class OpenRequest:
    """What the driver must remember of a request. config: that of the moment it was accepted.

    attempt: the one that counts. answer: what the model said in it, also when it was an error. variant: whose
    instance ran it.
    """

    id: str
    invocation: AsyncInvocation
    inference_id: str
    config: AsyncInferenceRecord
    locations: ResultLocations
    received: Micros
    variant: str = VARIANT_NAME
    attempt: int = 0
    answer: Answer | None = None

    @property
    def accepted(self) -> AcceptedInvocation:
        """What the caller is told."""
        return AcceptedInvocation(self.inference_id, str(self.locations.output), str(self.locations.failure))

    @property
    def queued(self) -> AsyncRequest:
        """The request as the queue sees it."""
        limits: dict[str, Micros] = {}
        if self.invocation.request_ttl_s is not None:
            limits["ttl"] = self.invocation.request_ttl_s * SECOND
        if self.invocation.invocation_timeout_s is not None:
            limits["timeout"] = self.invocation.invocation_timeout_s * SECOND
        return AsyncRequest(self.id, **limits)
