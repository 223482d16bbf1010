"""One running real-time endpoint: what the control plane starts, changes, asks, and stops."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pilotlight.hosting.instance import LaunchTiming
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.real_time_metrics import Outcome, outcome_metrics
from pilotlight.hosting.routing import RandomStream
from pilotlight.local.aws import Aws
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container_host import ContainerHost
from pilotlight.local.control_plane.endpoint_description import EndpointDescription, VariantDescription
from pilotlight.local.control_plane.records import EndpointConfigRecord, ModelRecord
from pilotlight.local.endpoint.async_invocation import AcceptedInvocation, AsyncInvocation
from pilotlight.local.endpoint.direct_invocation import DirectAnswer, DirectInvocation, DirectStream
from pilotlight.local.endpoint.driver import Driver
from pilotlight.local.endpoint.fleet import FleetPlace
from pilotlight.local.endpoint.forwarded_call import ForwardedCall
from pilotlight.local.endpoint.invocation_request import InvocationRefused
from pilotlight.local.endpoint.measurements import Measurements
from pilotlight.local.endpoint.real_time_line import DirectCall, RealTimeLine
from pilotlight.local.endpoint.rollout import Rollout
from pilotlight.local.metric_sink import MetricSink

_ROUTED_WITHIN_S = 10.0


class RealTimeRuntime:
    """Makes a real-time endpoint true: containers, routing, answers, streams, metrics. Thread-safe.

    on_change: called, on the driver's thread, when `describe` tells something new other than the backlog.
    timing: how long instances take to come, in SageMaker time. Default: what hosting assumes.
    random: the chance that routing draws from. Default: one of its own.
    """

    def __init__(
        self,
        name: str,
        *,
        config: EndpointConfigRecord,
        models: Mapping[str, ModelRecord],
        aws: Aws,  # noqa: ARG002 - all runtimes are made alike
        clock: ScaledClock,
        metrics: MetricSink,
        containers: ContainerHost,
        on_change: Callable[[], None],
        timing: LaunchTiming | None = None,
        random: RandomStream | None = None,
    ) -> None:
        self._name, self._clock = name, clock
        self._config, self._models = config, models
        self._on_change = on_change
        self._description = _before_start(config)
        self._measurements = Measurements(metrics, name)
        self._driver = Driver(
            name, clock, next_deadline=self._next_deadline, pass_time=self._pass_time, after=self._look
        )
        self._line = RealTimeLine(
            name,
            serving=lambda: self._rollout.config,
            clock=clock,
            measurements=self._measurements,
            random=random,
        )
        place = FleetPlace(
            name, clock, containers, LaunchTiming() if timing is None else timing, self._driver.post
        )
        self._rollout = Rollout(place, self._line)

    def start(self) -> None:
        """Begin to create the endpoint; it comes into service later."""
        self._driver.post(lambda: self._rollout.begin(self._config, self._models, retains=False))
        self._driver.start()

    def update(
        self,
        config: EndpointConfigRecord,
        models: Mapping[str, ModelRecord],
        *,
        retain_variant_properties: bool,
    ) -> None:
        """Begin to replace the instances by those of another configuration."""
        self._config, self._models = config, models
        self._driver.call(lambda: self._begin(retains=retain_variant_properties))

    def set_desired_instance_count(self, variant: str, count: int) -> None:
        """Begin to bring a variant to another number of instances."""
        self._driver.call(lambda: self._rollout.set_desired(variant, count))

    def set_weight(self, variant: str, weight: float) -> None:
        """Give a variant another share of the requests from now on."""
        self._driver.call(lambda: self._line.set_weight(variant, weight))

    def describe(self) -> EndpointDescription:
        """The state of the endpoint now."""
        return replace(self._description, backlog=self._line.in_flight)

    def invoke_async(self, request: AsyncInvocation) -> AcceptedInvocation:
        """Refuse: it answers at once. Raises InvocationRefused."""
        msg = f"Endpoint {request.endpoint_name} is not an asynchronous endpoint."
        raise InvocationRefused(msg)

    def invoke(self, request: DirectInvocation) -> DirectAnswer:
        """Have the model answer, and wait for it. Raises ApiError."""
        variant, call = self._forward(request)
        return DirectAnswer(call.answer(), variant)

    def invoke_stream(self, request: DirectInvocation) -> DirectStream:
        """Have the model begin to answer; the parts follow as they come. Raises ApiError."""
        variant, call = self._forward(request)
        stream = call.stream()
        return DirectStream(stream.content_type, variant, call.messages(stream))

    def stop(self) -> None:
        """End everything; who waits gets an error. All containers are gone when this returns."""
        self._driver.stop()
        for fleet in self._rollout.fleets:
            fleet.end_all()

    def _forward(self, request: DirectInvocation) -> tuple[str, ForwardedCall]:
        """Route a request, on the driver's thread, and leave the rest to the caller's own."""
        if request.target_model is not None:
            msg = f"Endpoint {self._name} is not a multi-model endpoint: TargetModel must not be given."
            raise InvocationRefused(msg)
        call, received = DirectCall(request), self._clock.now()
        self._driver.post(lambda: self._line.submit(call))
        routed = call.place.result(_ROUTED_WITHIN_S)

        def told(outcome: Outcome) -> None:
            self._measurements.put(outcome_metrics(outcome), routed.variant)
            self._driver.post(lambda: self._line.end(call))

        return routed.variant, ForwardedCall(request, routed, clock=self._clock, received=received, told=told)

    def _begin(self, *, retains: bool) -> None:
        if not retains:
            self._line.forget_weights()
        self._rollout.begin(self._config, self._models, retains=retains)

    def _next_deadline(self) -> Micros | None:
        deadlines = (self._rollout.next_deadline, self._line.next_deadline)
        return min(each for each in deadlines if each is not None)

    def _pass_time(self, now: Micros) -> None:
        self._rollout.pass_time(now)
        self._line.pass_time(now)

    def _look(self) -> None:
        if self._rollout.take_change():
            self._description = self._rollout.describe()
            self._on_change()


def _before_start(config: EndpointConfigRecord) -> EndpointDescription:
    variants = tuple(
        VariantDescription(each.name, 0, each.initial_instance_count) for each in config.variants
    )
    return EndpointDescription("Creating", config.name, variants)
