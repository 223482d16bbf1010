"""One running real-time endpoint: each request goes to an instance at once, and its caller waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from pilotlight.hosting.micros import Micros
from pilotlight.hosting.real_time_metrics import Outcome, outcome_metrics
from pilotlight.local.containers.answer import Answer
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.endpoint.answering_runtime import ROUTED_WITHIN_S, AnsweringRuntime
from pilotlight.local.endpoint.data_capture import DataCapture
from pilotlight.local.endpoint.direct_call import DirectCall, Routed
from pilotlight.local.endpoint.direct_invocation import DirectInvocation
from pilotlight.local.endpoint.real_time_line import RealTimeLine
from pilotlight.local.endpoint.s3_objects import S3Objects
from pilotlight.local.endpoint.timed import Timed
from pilotlight.local.faults import local_faults

_COPIES_AT_ONCE = 64


class RealTimeRuntime(AnsweringRuntime[RealTimeLine]):
    """Makes a real-time endpoint true: containers, routing, answers, streams, copies of requests, metrics."""

    @classmethod
    def hosts(cls, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> bool:  # noqa: ARG003 - it hosts the rest
        """Whatever no other way of hosting takes."""
        return True

    def set_weight(self, variant: str, weight: float) -> None:
        """Give a variant another share of the requests from now on."""
        self._driver.call(lambda: self._line.set_weight(variant, weight))

    def _set_up(self) -> None:
        super()._set_up()
        objects = S3Objects(self._around.aws, local_faults())
        self._capture = DataCapture(self._name, self._around, objects, lambda: self._rollout.config)
        self._shadowing = ThreadPoolExecutor(_COPIES_AT_ONCE, thread_name_prefix="shadow")

    def _make_line(self) -> RealTimeLine:
        return RealTimeLine(
            self._name,
            serving=lambda: self._rollout.config,
            clock=self._clock,
            measurements=self._measurements,
            random=self._around.random,
        )

    def _was_routed(self, call: DirectCall, received: Micros) -> None:
        for copy in call.copies:
            self._shadowing.submit(self._send_copy, copy, received)

    def _was_answered(self, request: DirectInvocation, answer: Answer, variant: str) -> None:
        self._capture.take(request, answer, variant)

    def _send_copy(self, copy: DirectCall, received: Micros) -> None:
        """Have a shadow variant answer, and tell nobody; one that cannot answer is nobody's fault."""
        with suppress(ApiError):
            routed = copy.place.result(ROUTED_WITHIN_S)
            answer = self._send(copy, routed, received).answer()
            self._was_answered(copy.invocation, answer, routed.variant)

    def _measure(self, outcome: Outcome, routed: Routed, request: DirectInvocation) -> None:  # noqa: ARG002 - some measure by what it named
        """Publish how a request went."""
        self._measurements.put(outcome_metrics(outcome), routed.variant)

    @property
    def _timed(self) -> Iterable[Timed]:
        return *super()._timed, self._capture

    def _end(self) -> None:
        super()._end()
        self._shadowing.shutdown(cancel_futures=True)
        self._capture.close()

    def _begin(self, *, retains: bool) -> None:
        if not retains:
            self._line.forget_weights()
        super()._begin(retains=retains)
