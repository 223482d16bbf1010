"""Has a container answer one invocation, on the caller's own thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from pilotlight.hosting.micros import Micros
from pilotlight.hosting.real_time_metrics import Outcome
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.container import ContainerGoneError
from pilotlight.local.containers.container_stream import ContainerStream, StreamBroken
from pilotlight.local.endpoint.direct_call import Routed
from pilotlight.local.endpoint.direct_invocation import DirectInvocation
from pilotlight.local.endpoint.direct_request import ModelError
from pilotlight.local.endpoint.event_stream import payload_parts, stream_error

ANSWERS_WITHIN_AT_LEAST_S = 30.0
"""Seconds on the wall that a container has at least to answer: real code runs no faster when SageMaker's
clock does."""

_NO_STATUS = 0
TIMED_OUT = b"Your invocation timed out while waiting for a response from container primary."
GONE = b"The container ended before it answered."

Told = Callable[[Outcome], None]
"""Hears how an invocation went, once, when it is over."""


class ForwardedCall:
    """One invocation on its way to a container. received: when it came; told: hears how it went.

    hostname: the container that is invoked. Default: the first of the instance.
    """

    def __init__(
        self,
        invocation: DirectInvocation,
        routed: Routed,
        *,
        clock: ScaledClock,
        received: Micros,
        told: Told,
        hostname: str | None = None,
    ) -> None:
        self._invocation = invocation
        self._routed = routed
        self._clock = clock
        self._told = told
        self._forwarded = clock.now()
        self._overhead = self._forwarded - received
        self.container = next(iter(routed.containers)) if hostname is None else hostname

    def answer(self) -> Answer:
        """Wait for the whole answer, whatever its status. Raises ModelError when there is none."""
        stream = self._begun()
        try:
            body = b"".join(stream.parts())
        except StreamBroken as error:
            self._tell(None)
            raise ModelError(_NO_STATUS, str(error).encode(), self.container) from error
        self._tell(stream.status)
        return Answer(stream.status, body, stream.content_type, stream.headers)

    def stream(self) -> ContainerStream:
        """Wait for the beginning of the answer. Raises ModelError when there is none, or an error."""
        stream = self._begun()
        if stream.is_success:
            return stream
        body = b""
        with suppress(StreamBroken):
            body = b"".join(stream.parts())
        self._tell(stream.status)
        raise ModelError(stream.status, body, self.container)

    def messages(self, stream: ContainerStream) -> Iterator[bytes]:
        """The parts of a stream as event stream messages, as they come."""
        first: Micros | None = None
        try:
            for part in stream.parts():
                if first is None:
                    first = self._clock.now() - self._forwarded
                yield payload_parts(part)
        except StreamBroken as error:
            self._tell(None, first, is_broken=True)
            yield stream_error(error.code, str(error))
        else:
            self._tell(stream.status, first)

    def _begun(self) -> ContainerStream:
        try:
            return self._send(self._invocation)
        except (TimeoutError, ContainerGoneError, ConnectionError) as error:
            self._tell(None)
            raise _without_answer(error, self.container) from error

    def _send(self, given: DirectInvocation) -> ContainerStream:
        """Have the container begin to answer."""
        container = self._routed.containers[self.container]
        return container.stream(given.body, given.container_headers, self._patience_s)

    @property
    def _patience_s(self) -> float:
        left = self._clock.wall_seconds(self._routed.deadline - self._clock.now())
        return max(ANSWERS_WITHIN_AT_LEAST_S, left)

    def _tell(self, status: int | None, first: Micros | None = None, *, is_broken: bool = False) -> None:
        took = self._clock.now() - self._forwarded
        self._told(Outcome(status, took, self._overhead, first, is_broken))


def _without_answer(error: Exception, container: str) -> ModelError:
    match error:
        case TimeoutError():
            return ModelError(_NO_STATUS, TIMED_OUT, container)
        case ContainerGoneError():
            return ModelError(_NO_STATUS, GONE, container)
        case _:
            return ModelError(_NO_STATUS, str(error).encode(), container)
