"""One running real-time endpoint: each request goes to an instance at once, and its caller waits."""

from __future__ import annotations

from collections.abc import Mapping

from pilotlight.hosting.invocation_target import TargetRules
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.real_time_metrics import Outcome, outcome_metrics
from pilotlight.local.control_plane.records import EndpointConfigRecord, ModelRecord
from pilotlight.local.endpoint.direct_invocation import DirectAnswer, DirectInvocation, DirectStream
from pilotlight.local.endpoint.forwarded_call import ForwardedCall, Told
from pilotlight.local.endpoint.instances_runtime import InstancesRuntime
from pilotlight.local.endpoint.invocation_request import InvocationRefused
from pilotlight.local.endpoint.real_time_line import DirectCall, RealTimeLine, Routed

_ROUTED_WITHIN_S = 10.0


class RealTimeRuntime(InstancesRuntime[RealTimeLine]):
    """Makes a real-time endpoint true: containers, routing, answers, streams, metrics."""

    @classmethod
    def hosts(cls, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> bool:  # noqa: ARG003 - it hosts the rest
        """Whatever no other way of hosting takes."""
        return True

    def set_weight(self, variant: str, weight: float) -> None:
        """Give a variant another share of the requests from now on."""
        self._driver.call(lambda: self._line.set_weight(variant, weight))

    def invoke(self, request: DirectInvocation) -> DirectAnswer:
        """Have the model answer, and wait for it. Raises ApiError."""
        variant, call = self._forward(request)
        return DirectAnswer(call.answer(), variant, call.container)

    def invoke_stream(self, request: DirectInvocation) -> DirectStream:
        """Have the model begin to answer; the parts follow as they come. Raises ApiError."""
        variant, call = self._forward(request)
        stream = call.stream()
        return DirectStream(stream.content_type, variant, call.messages(stream))

    def _make_line(self) -> RealTimeLine:
        return RealTimeLine(
            self._name,
            serving=lambda: self._rollout.config,
            clock=self._clock,
            measurements=self._measurements,
            random=self._around.random,
        )

    def _forward(self, request: DirectInvocation) -> tuple[str, ForwardedCall]:
        """Route a request, on the driver's thread, and leave the rest to the caller's own."""
        refusal = self._target_rules().refusal(self._name, request.target)
        if refusal is not None:
            raise InvocationRefused(refusal)
        call, received = DirectCall(request), self._clock.now()
        self._driver.post(lambda: self._line.submit(call))
        routed = call.place.result(_ROUTED_WITHIN_S)

        def told(outcome: Outcome) -> None:
            self._measure(outcome, routed, request)
            self._driver.post(lambda: self._line.end(call))

        return routed.variant, self._call(request, routed, received=received, told=told)

    def _target_rules(self) -> TargetRules:
        """What requests may name. Default: nothing beside endpoint and variant."""
        return TargetRules()

    def _call(
        self, request: DirectInvocation, routed: Routed, *, received: Micros, told: Told
    ) -> ForwardedCall:
        """The request on its way to where it was routed. Default: to the first container there."""
        return ForwardedCall(request, routed, clock=self._clock, received=received, told=told)

    def _measure(self, outcome: Outcome, routed: Routed, request: DirectInvocation) -> None:  # noqa: ARG002 - some measure by what it named
        """Publish how a request went."""
        self._measurements.put(outcome_metrics(outcome), routed.variant)

    def _begin(self, *, retains: bool) -> None:
        if not retains:
            self._line.forget_weights()
        super()._begin(retains=retains)
