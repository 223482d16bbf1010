"""One running asynchronous endpoint: a queue before the instances, results in S3, notifications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pilotlight.hosting.async_queue import QueueSettings
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.endpoint.async_invocation import AcceptedInvocation, AsyncInvocation
from pilotlight.local.endpoint.backlog_sampler import BacklogSampler
from pilotlight.local.endpoint.direct_invocation import DirectAnswer, DirectInvocation, DirectStream
from pilotlight.local.endpoint.instances_runtime import InstancesRuntime
from pilotlight.local.endpoint.intake import Intake
from pilotlight.local.endpoint.invocation_request import InvocationRefused
from pilotlight.local.endpoint.model_call import ModelCall
from pilotlight.local.endpoint.notifier import Notifier
from pilotlight.local.endpoint.request_line import RequestLine
from pilotlight.local.endpoint.result_writer import ResultWriter
from pilotlight.local.endpoint.s3_objects import S3Objects
from pilotlight.local.endpoint.timed import Timed
from pilotlight.local.endpoint.topic_test import TopicTest
from pilotlight.local.faults import local_faults


class AsyncRuntime(InstancesRuntime[RequestLine]):
    """Makes an asynchronous endpoint true: containers, queue, results, notifications, metrics."""

    @classmethod
    def hosts(cls, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> bool:  # noqa: ARG003 - whatever the models
        """Whether it has an AsyncInferenceConfig."""
        return config.async_inference is not None

    def set_desired_instance_count(self, variant: str, count: int) -> None:
        """Begin to bring a variant to another number of instances."""
        super().set_desired_instance_count(variant, count)
        self._topics.send(self._config.async_inference)

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

    @property
    def _timed(self) -> Iterable[Timed]:
        return *super()._timed, self._sampler

    def _set_up(self) -> None:
        around = self._around
        self._notifier = Notifier(around.aws, local_faults())
        super()._set_up()
        self._sampler = BacklogSampler(self._line, self._measurements, around.clock)
        self._topics = TopicTest(self._notifier, self._measurements)
        self._intake = Intake(self._name, around.aws.account, around.clock)

    def _make_line(self) -> RequestLine:
        around, objects = self._around, S3Objects(self._around.aws, local_faults())
        return RequestLine(
            _queue_settings(self._config),
            clock=around.clock,
            calls=ModelCall(objects, around.clock),
            results=ResultWriter(
                region=around.aws.region,
                objects=objects,
                notifier=self._notifier,
                measurements=self._measurements,
                clock=around.clock,
            ),
            measurements=self._measurements,
            post=self._driver.post,
        )

    def _serves(self, config: EndpointConfigRecord) -> None:
        self._line.change_settings(_queue_settings(config))

    def _begin(self, *, retains: bool) -> None:
        super()._begin(retains=retains)
        self._topics.send(self._config.async_inference)

    def _end(self) -> None:
        super()._end()
        self._line.close()


def _only_asynchronous(name: str) -> InvocationRefused:
    return InvocationRefused(
        f"Endpoint {name} has an AsyncInferenceConfig: it accepts only InvokeEndpointAsync."
    )


def _queue_settings(config: EndpointConfigRecord) -> QueueSettings:
    """SageMaker chooses the concurrency when the configuration does not: then the queue's default holds."""
    asynchronous = config.async_inference
    given = None if asynchronous is None else asynchronous.max_concurrent_invocations_per_instance
    return QueueSettings() if given is None else QueueSettings(max_concurrent_invocations_per_instance=given)
