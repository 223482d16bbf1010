"""One running serverless endpoint: each request gets a container of its own, warm or new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import TimeoutError as FutureTimeoutError

from pilotlight.catalog.serverless import BODY, STARTUP
from pilotlight.hosting.invocation_target import TargetRules
from pilotlight.hosting.longest_time import longest_time
from pilotlight.hosting.real_time_metrics import Outcome
from pilotlight.hosting.serverless_metrics import answered_metrics
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.endpoint_description import EndpointDescription
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.endpoint.direct_call import DirectCall, Routed
from pilotlight.local.endpoint.direct_invocation import DirectAnswer, DirectInvocation, DirectStream
from pilotlight.local.endpoint.direct_request import ModelError
from pilotlight.local.endpoint.fleet import HEALTHY_WITHIN_AT_LEAST_S, FleetPlace
from pilotlight.local.endpoint.forwarded_call import ForwardedCall
from pilotlight.local.endpoint.invocation_request import InvocationRefused
from pilotlight.local.endpoint.runtime import EndpointRuntime
from pilotlight.local.endpoint.serverless_rollout import ServerlessRollout
from pilotlight.local.endpoint.targeted_call import no_instance
from pilotlight.local.endpoint.timed import Timed

_NO_STATUS = 0
_MARGIN_S = 10.0


class ServerlessRuntime(EndpointRuntime):
    """Makes a serverless endpoint true: cold starts, concurrency, warm containers, nothing when idle."""

    @classmethod
    def hosts(cls, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> bool:  # noqa: ARG003 - the configuration says it
        """Where the variant has a ServerlessConfig."""
        return config.is_serverless

    def set_concurrency(self, variant: str, *, most: int | None, provisioned: int | None) -> None:
        """Begin to have another concurrency; None: as it is. Raises ValidationError."""
        [known] = self._description.variants
        assert known.concurrency is not None  # noqa: S101 - it is serverless
        wanted = known.concurrency.desired
        limit = wanted.max_concurrency if most is None else most
        kept = wanted.provisioned_concurrency if provisioned is None else provisioned
        if kept > limit:
            msg = (
                f"ProvisionedConcurrency must not exceed MaxConcurrency, got {kept} of {limit} for {variant}"
            )
            raise ValidationError(msg)
        self._driver.call(lambda: self._rollout.resize(most, provisioned))

    def invoke(self, request: DirectInvocation) -> DirectAnswer:
        """Have the model answer, and wait for it, and for its container. Raises ApiError."""
        refusal = TargetRules().refusal(self._name, request.target)
        if refusal is not None:
            raise InvocationRefused(refusal)
        if not BODY.allows(len(request.body)):
            raise InvocationRefused(f"Body must have {BODY}, got {len(request.body)}")
        call, received = DirectCall(request), self._clock.now()
        self._driver.post(lambda: self._submit(call))
        routed = self._routed(call)

        def told(outcome: Outcome) -> None:
            self._measurements.put(answered_metrics(outcome), routed.variant)
            self._driver.post(lambda: self._finish(call))

        forwarded = ForwardedCall(request, routed, clock=self._clock, received=received, told=told)
        answer = forwarded.answer()
        if answer.is_success and not BODY.allows(len(answer.body)):
            msg = f"The answer must have {BODY}, got {len(answer.body)}"
            raise ModelError(_NO_STATUS, msg.encode(), forwarded.container)
        return DirectAnswer(answer, routed.variant, forwarded.container)

    def invoke_stream(self, request: DirectInvocation) -> DirectStream:
        """Refuse: serverless endpoints do not answer in parts. Raises InvocationRefused."""
        msg = f"Endpoint {request.endpoint_name} is serverless: it does not answer in streams."
        raise InvocationRefused(msg)

    def _set_up(self) -> None:
        around = self._around
        place = FleetPlace(self._name, around.clock, around.containers, around.timing, self._driver.post)
        self._rollout = ServerlessRollout(place, self._measurements)

    @property
    def _backlog(self) -> int:
        return sum(pool.state.in_flight for pool in self._rollout.pools)

    @property
    def _timed(self) -> Iterable[Timed]:
        return (self._rollout,)

    def _begin(self, *, retains: bool) -> None:
        self._rollout.begin(self._config, self._models, retains=retains)

    def _changed(self) -> EndpointDescription | None:
        return self._rollout.describe() if self._rollout.take_change() else None

    def _end(self) -> None:
        for pool in self._rollout.pools:
            pool.end_all()

    def _submit(self, call: DirectCall) -> None:
        pool = self._rollout.serving
        if pool is None:
            call.place.set_exception(no_instance(self._name))
        else:
            pool.submit(call)

    def _finish(self, call: DirectCall) -> None:
        for (
            pool
        ) in self._rollout.pools:  # an update may have come in between; who does not know it, ignores it
            pool.end(call)

    def _routed(self, call: DirectCall) -> Routed:
        starts_s = max(HEALTHY_WITHIN_AT_LEAST_S, self._clock.wall_seconds(longest_time(STARTUP)))
        try:
            return call.place.result(starts_s + _MARGIN_S)
        except FutureTimeoutError as error:
            raise no_instance(self._name) from error
