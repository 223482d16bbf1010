"""One running endpoint: what the control plane starts, changes, asks, and stops."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pilotlight.hosting.async_queue import QueueSettings
from pilotlight.hosting.instance import LaunchTiming
from pilotlight.hosting.micros import Micros
from pilotlight.local.aws import Aws
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container_host import ContainerHost
from pilotlight.local.control_plane.endpoint_description import EndpointDescription, VariantDescription
from pilotlight.local.control_plane.records import EndpointConfigRecord, ModelRecord
from pilotlight.local.endpoint.async_invocation import AcceptedInvocation, AsyncInvocation
from pilotlight.local.endpoint.backlog_sampler import BacklogSampler
from pilotlight.local.endpoint.direct_invocation import DirectAnswer, DirectInvocation, DirectStream
from pilotlight.local.endpoint.driver import Driver
from pilotlight.local.endpoint.fleet import FleetPlace
from pilotlight.local.endpoint.intake import Intake
from pilotlight.local.endpoint.invocation_request import InvocationRefused
from pilotlight.local.endpoint.measurements import Measurements
from pilotlight.local.endpoint.model_call import ModelCall
from pilotlight.local.endpoint.notifier import Notifier
from pilotlight.local.endpoint.request_line import RequestLine
from pilotlight.local.endpoint.result_writer import ResultWriter
from pilotlight.local.endpoint.rollout import Rollout
from pilotlight.local.endpoint.s3_objects import S3Objects
from pilotlight.local.endpoint.topic_test import TopicTest
from pilotlight.local.faults import local_faults
from pilotlight.local.metric_sink import MetricSink


class EndpointRuntime:
    """Makes an endpoint true: containers, queue, results, notifications, metrics. Thread-safe.

    on_change: called, on the driver's thread, when `describe` tells something new other than the backlog.
    timing: how long instances take to come, in SageMaker time. Default: what hosting assumes.
    """

    def __init__(
        self,
        name: str,
        *,
        config: EndpointConfigRecord,
        models: Mapping[str, ModelRecord],
        aws: Aws,
        clock: ScaledClock,
        metrics: MetricSink,
        containers: ContainerHost,
        on_change: Callable[[], None],
        timing: LaunchTiming | None = None,
    ) -> None:
        self._config, self._models = config, models
        self._on_change = on_change
        self._description = _before_start(config)
        faults, measurements = local_faults(), Measurements(metrics, name)
        objects, notifier = S3Objects(aws, faults), Notifier(aws, faults)
        self._driver = Driver(
            name, clock, next_deadline=self._next_deadline, pass_time=self._pass_time, after=self._look
        )
        self._line = RequestLine(
            _queue_settings(config),
            clock=clock,
            calls=ModelCall(objects, clock),
            results=ResultWriter(
                region=aws.region, objects=objects, notifier=notifier, measurements=measurements, clock=clock
            ),
            measurements=measurements,
            post=self._driver.post,
        )
        place = FleetPlace(
            name, clock, containers, LaunchTiming() if timing is None else timing, self._driver.post
        )
        self._rollout = Rollout(
            place, self._line, serves=lambda config: self._line.change_settings(_queue_settings(config))
        )
        self._sampler = BacklogSampler(self._line, measurements, clock)
        self._topics = TopicTest(notifier, measurements)
        self._intake = Intake(name, aws.account, clock)

    def start(self) -> None:
        """Begin to create the endpoint; it comes into service later."""
        self._driver.post(lambda: self._begin(retains=False))
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
        self._topics.send(self._config.async_inference)

    def describe(self) -> EndpointDescription:
        """The state of the endpoint now."""
        return replace(self._description, backlog=self._line.backlog)

    def invoke_async(self, request: AsyncInvocation) -> AcceptedInvocation:
        """Put a request into the queue. Raises InvocationRefused when the endpoint does not take it."""
        accepted = self._intake.accept(request, self._description.status, self._rollout.config)
        self._driver.post(lambda: self._line.submit(accepted))
        return accepted.accepted

    def invoke(self, request: DirectInvocation) -> DirectAnswer:
        """Refuse: its answers appear in S3. Raises InvocationRefused."""
        raise _only_asynchronous(request.endpoint_name)

    def invoke_stream(self, request: DirectInvocation) -> DirectStream:
        """Refuse, as `invoke`. Raises InvocationRefused."""
        raise _only_asynchronous(request.endpoint_name)

    def set_weight(self, variant: str, weight: float) -> None:
        """Do nothing: whichever instance is free takes the next request of the queue."""

    def stop(self) -> None:
        """End everything and drop what has not ended. All containers are gone when this returns."""
        self._driver.stop()
        for fleet in self._rollout.fleets:
            fleet.end_all()
        self._line.close()

    def _begin(self, *, retains: bool) -> None:
        self._rollout.begin(self._config, self._models, retains=retains)
        self._topics.send(self._config.async_inference)

    def _next_deadline(self) -> Micros | None:
        deadlines = (self._rollout.next_deadline, self._line.next_deadline, self._sampler.next_deadline)
        return min(each for each in deadlines if each is not None)

    def _pass_time(self, now: Micros) -> None:
        self._rollout.pass_time(now)
        self._line.pass_time()
        self._sampler.pass_time(now)

    def _look(self) -> None:
        if self._rollout.take_change():
            self._description = self._rollout.describe()
            self._on_change()


def _only_asynchronous(name: str) -> InvocationRefused:
    return InvocationRefused(
        f"Endpoint {name} has an AsyncInferenceConfig: it accepts only InvokeEndpointAsync."
    )


def _queue_settings(config: EndpointConfigRecord) -> QueueSettings:
    """SageMaker chooses the concurrency when the configuration does not: then the queue's default holds."""
    asynchronous = config.async_inference
    given = None if asynchronous is None else asynchronous.max_concurrent_invocations_per_instance
    return QueueSettings() if given is None else QueueSettings(max_concurrent_invocations_per_instance=given)


def _before_start(config: EndpointConfigRecord) -> EndpointDescription:
    variants = tuple(
        VariantDescription(each.name, 0, each.initial_instance_count) for each in config.variants
    )
    return EndpointDescription("Creating", config.name, variants)
