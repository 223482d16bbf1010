"""Decides whether an endpoint takes a request, and where its result will be."""

from __future__ import annotations

from uuid import uuid4

from pilotlight.local.clock import ScaledClock
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.endpoint.async_invocation import AsyncInvocation
from pilotlight.local.endpoint.invocation_request import InvocationRefused
from pilotlight.local.endpoint.open_request import OpenRequest
from pilotlight.local.endpoint.result_locations import result_locations

_TAKES_REQUESTS = frozenset({"InService", "Updating", "RollingBack", "SystemUpdating"})


class Intake:
    """Takes requests for one endpoint."""

    def __init__(self, endpoint: str, account: str, clock: ScaledClock) -> None:
        self._endpoint = endpoint
        self._account = account
        self._clock = clock

    def accept(
        self, invocation: AsyncInvocation, status: str, serving: EndpointConfigRecord | None
    ) -> OpenRequest:
        """The request, ready to queue. serving: the configuration in service. Raises InvocationRefused."""
        if status not in _TAKES_REQUESTS or serving is None:
            msg = f"Endpoint {self._endpoint} of account {self._account} not found (its status is {status})."
            raise InvocationRefused(msg)
        config = serving.async_inference
        if config is None:
            msg = f"Endpoint {self._endpoint} is not an asynchronous endpoint."
            raise InvocationRefused(msg)
        inference_id = str(uuid4()) if invocation.inference_id is None else invocation.inference_id
        try:
            locations = result_locations(invocation, inference_id, config)
        except ValueError as error:
            raise InvocationRefused(str(error)) from error
        return OpenRequest(
            id=str(uuid4()),
            invocation=invocation,
            inference_id=inference_id,
            config=config,
            locations=locations,
            received=self._clock.now(),
        )
