"""What endpoints on instances share whose callers wait for the answer."""

from __future__ import annotations

from abc import abstractmethod
from typing import Protocol, TypeVar

from pilotlight.hosting.invocation_target import TargetRules
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.real_time_metrics import Outcome
from pilotlight.local.containers.answer import Answer
from pilotlight.local.endpoint.direct_call import DirectCall, Routed
from pilotlight.local.endpoint.direct_invocation import DirectAnswer, DirectInvocation, DirectStream
from pilotlight.local.endpoint.forwarded_call import ForwardedCall, Told
from pilotlight.local.endpoint.instances_runtime import InstancesRuntime
from pilotlight.local.endpoint.invocation_request import InvocationRefused
from pilotlight.local.endpoint.line import Line

ROUTED_WITHIN_S = 30.0
"""Seconds on the wall in which it is known where a request goes."""


class AnsweringLine(Line, Protocol):
    """A line that says at once where a request goes."""

    def submit(self, call: DirectCall) -> None:
        """Say where a new request goes."""

    def end(self, call: DirectCall) -> None:
        """The caller has its answer, or an error."""


A = TypeVar("A", bound=AnsweringLine)


class AnsweringRuntime(InstancesRuntime[A]):
    """Has each request routed on the driver's thread, and answered on the caller's own."""

    def invoke(self, request: DirectInvocation) -> DirectAnswer:
        """Have the model answer, and wait for it. Raises ApiError."""
        variant, call = self._forward(request)
        answer = call.answer()
        self._was_answered(request, answer, variant)
        return DirectAnswer(answer, variant, call.container)

    def invoke_stream(self, request: DirectInvocation) -> DirectStream:
        """Have the model begin to answer; the parts follow as they come. Raises ApiError."""
        variant, call = self._forward(request)
        stream = call.stream()
        return DirectStream(stream.content_type, variant, call.messages(stream))

    @abstractmethod
    def _measure(self, outcome: Outcome, routed: Routed, request: DirectInvocation) -> None:
        """Publish how a request went."""

    def _target_rules(self) -> TargetRules:
        """What requests may name. Default: nothing beside endpoint and variant."""
        return TargetRules()

    def _call(
        self, request: DirectInvocation, routed: Routed, *, received: Micros, told: Told
    ) -> ForwardedCall:
        """The request on its way to where it was routed. Default: to the first container there."""
        return ForwardedCall(request, routed, clock=self._clock, received=received, told=told)

    def _forward(self, request: DirectInvocation) -> tuple[str, ForwardedCall]:
        refusal = self._target_rules().refusal(self._name, request.target)
        if refusal is not None:
            raise InvocationRefused(refusal)
        call, received = DirectCall(request), self._clock.now()
        self._driver.post(lambda: self._line.submit(call))
        routed = call.place.result(ROUTED_WITHIN_S)
        self._was_routed(call, received)
        return routed.variant, self._send(call, routed, received)

    def _send(self, call: DirectCall, routed: Routed, received: Micros) -> ForwardedCall:
        """Begin to forward a request, and end it in the line when it is over."""

        def told(outcome: Outcome) -> None:
            self._measure(outcome, routed, call.invocation)
            self._driver.post(lambda: self._line.end(call))

        return self._call(call.invocation, routed, received=received, told=told)

    def _was_routed(self, call: DirectCall, received: Micros) -> None:
        """Hear of a request that is on its way. Default: nothing else happens."""

    def _was_answered(self, request: DirectInvocation, answer: Answer, variant: str) -> None:
        """Hear of an answer before the caller does. Default: nothing else happens."""
