"""SageMaker as clients see it: the control plane in JSON, the runtime in REST, both under one name."""

from __future__ import annotations

import re
from collections.abc import Callable

from pilotlight.local.control_plane.control_plane import ControlPlane
from pilotlight.local.control_plane.runtime import Runtime
from pilotlight.local.emulator.api_error import ApiError, ValidationError
from pilotlight.local.emulator.api_request import ApiAnswer, ApiRequest
from pilotlight.local.emulator.json_service import JsonService
from pilotlight.local.endpoint.direct_request import direct_answer, parse_direct_invocation
from pilotlight.local.endpoint.invocation_request import InvocationRefused, accepted_answer, parse_invocation
from pilotlight.local.endpoint.streamed_request import parse_streamed, stream_answer

_INVOCATION = re.compile(r"/endpoints/(?P<endpoint>[^/]+)/(?P<kind>\S+)")
_TAKES_REQUESTS = frozenset({"InService", "Updating", "RollingBack", "SystemUpdating"})


class SageMakerService:
    """Sends a call to the control plane or to an endpoint: clients sign both as `sagemaker`."""

    signing_name = "sagemaker"

    def __init__(self, planes: Callable[[str], ControlPlane]) -> None:
        self._planes = planes
        self._control = JsonService("sagemaker", lambda region: planes(region).operations())

    @property
    def target_prefix(self) -> str:
        """What the `X-Amz-Target` header of control plane calls begins with."""
        return self._control.target_prefix

    def answer(self, request: ApiRequest) -> ApiAnswer:
        """Answer one call."""
        found = _INVOCATION.fullmatch(request.path)
        if found is None:
            return self._control.answer(request)
        try:
            return self._invoke(found["endpoint"], found["kind"], request)
        except ApiError as error:
            return ApiAnswer.error(error)

    def _invoke(self, name: str, kind: str, request: ApiRequest) -> ApiAnswer:
        runtime = self._runtime(name, request.region)
        if kind == "async-invocations":
            return accepted_answer(
                runtime.invoke_async(parse_invocation(name, request.headers, request.body))
            )
        if kind == "invocations":
            return direct_answer(runtime.invoke(parse_direct_invocation(name, request.headers, request.body)))
        if kind == "invocations-response-stream":
            return stream_answer(runtime.invoke_stream(parse_streamed(name, request.headers, request.body)))
        msg = f"the embedded AWS has no {kind} of endpoints"
        raise InvocationRefused(msg)

    def _runtime(self, name: str, region: str) -> Runtime:
        """The runtime of an endpoint that takes requests. Raises InvocationRefused otherwise."""
        try:
            endpoint = self._planes(region).store.find(name)
        except ValidationError as error:
            msg = f"Endpoint {name} of account not found."
            raise InvocationRefused(msg) from error
        if endpoint.status not in _TAKES_REQUESTS:
            msg = f"Endpoint {name} is {endpoint.status}: it takes no requests."
            raise InvocationRefused(msg)
        return endpoint.runtime
