"""What every way of hosting shares: one thread that owns the state, one description of it.

A new way of hosting is one subclass in a file of its own (of `InstancesRuntime` when it runs on instances),
and one entry in `pilotlight.local.runtimes.RUNTIMES`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from pilotlight.hosting.micros import Micros
from pilotlight.local.control_plane.deployed_component import DeployedComponent
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.endpoint_description import (
    ConcurrencyDescription,
    EndpointDescription,
    VariantDescription,
)
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.control_plane.serverless_record import ServerlessRecord
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.endpoint.async_invocation import AcceptedInvocation, AsyncInvocation
from pilotlight.local.endpoint.direct_invocation import DirectAnswer, DirectInvocation, DirectStream
from pilotlight.local.endpoint.driver import Driver
from pilotlight.local.endpoint.invocation_request import InvocationRefused
from pilotlight.local.endpoint.measurements import Measurements
from pilotlight.local.endpoint.surroundings import Surroundings
from pilotlight.local.endpoint.timed import Timed, earliest_deadline


class EndpointRuntime(ABC):
    """One running endpoint: what the control plane starts, changes, asks, and stops. Thread-safe.

    on_change: called, on the driver's thread, when `describe` tells something new other than the backlog.
    """

    def __init__(
        self,
        name: str,
        *,
        config: EndpointConfigRecord,
        models: Mapping[str, ModelRecord],
        around: Surroundings,
        on_change: Callable[[], None],
    ) -> None:
        self._name, self._around, self._clock = name, around, around.clock
        self._config, self._models = config, models
        self._on_change = on_change
        self._description = _before_start(config)
        self._measurements = Measurements(around.metrics, name)
        self._driver = Driver(
            name, around.clock, next_deadline=self._next_deadline, pass_time=self._pass_time, after=self._look
        )
        self._set_up()

    @classmethod
    @abstractmethod
    def hosts(cls, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> bool:
        """Whether an endpoint of this configuration is of this kind."""

    @abstractmethod
    def _set_up(self) -> None:
        """Make the parts of this kind, once: what `EndpointRuntime` has is there, and nothing runs yet."""

    @abstractmethod
    def invoke(self, request: DirectInvocation) -> DirectAnswer:
        """Have the model answer, and wait for it. Raises ApiError when it is refused."""

    @abstractmethod
    def invoke_stream(self, request: DirectInvocation) -> DirectStream:
        """Have the model begin to answer; the parts follow as they come. Raises ApiError."""

    @property
    @abstractmethod
    def _backlog(self) -> int:
        """Requests that wait or are in process. Any thread may ask."""

    @property
    @abstractmethod
    def _timed(self) -> Iterable[Timed]:
        """The parts that do something when time passes."""

    @abstractmethod
    def _begin(self, *, retains: bool) -> None:
        """Begin to serve by `_config` and `_models`. retains: variants keep their counts and weights."""

    @abstractmethod
    def _changed(self) -> EndpointDescription | None:
        """What to describe from now on; None: what was described last still holds."""

    @abstractmethod
    def _end(self) -> None:
        """End everything, when the driver's thread is gone; all containers are gone when this returns."""

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
        """Begin to replace what serves by what another configuration says."""
        self._config, self._models = config, models
        self._driver.call(lambda: self._begin(retains=retain_variant_properties))

    def set_desired_instance_count(self, variant: str, count: int) -> None:
        """Begin to bring a variant to another number of instances. Default: raises ValidationError."""
        msg = f"Variant {variant} of endpoint {self._name} has no instances to count, got {count}."
        raise ValidationError(msg)

    def set_concurrency(self, variant: str, *, most: int | None, provisioned: int | None) -> None:
        """Give a serverless variant another concurrency. Default: raises ValidationError."""
        got = f"MaxConcurrency {most}, ProvisionedConcurrency {provisioned}"
        msg = f"Variant {variant} of endpoint {self._name} is not serverless, got {got}."
        raise ValidationError(msg)

    def put_component(self, component: DeployedComponent) -> None:
        """Begin to make an inference component. Default: raises ValidationError."""
        raise self._without_components(component.name)

    def set_copies(self, component: str, count: int) -> None:  # noqa: ARG002 - it is refused
        """Begin to bring a component to another number of copies. Default: raises ValidationError."""
        raise self._without_components(component)

    def remove_component(self, component: str) -> None:
        """Begin to end a component. Default: raises ValidationError."""
        raise self._without_components(component)

    def set_weight(self, variant: str, weight: float) -> None:  # noqa: B027 - the default is to do nothing
        """Give a variant another share of the requests. Default: nothing changes, for one has them all."""

    def describe(self) -> EndpointDescription:
        """The state of the endpoint now."""
        return replace(self._description, backlog=self._backlog)

    def invoke_async(self, request: AsyncInvocation) -> AcceptedInvocation:
        """Queue a request. Default: raises InvocationRefused, because it answers at once."""
        msg = f"Endpoint {request.endpoint_name} is not an asynchronous endpoint."
        raise InvocationRefused(msg)

    def stop(self) -> None:
        """End everything and drop what has not ended. All containers are gone when this returns."""
        self._driver.stop()
        self._end()

    def _next_deadline(self) -> Micros | None:
        return earliest_deadline(self._timed)

    def _pass_time(self, now: Micros) -> None:
        for each in self._timed:
            each.pass_time(now)

    def _without_components(self, component: str) -> ValidationError:
        return ValidationError(f"Endpoint {self._name} hosts no inference components, got {component}.")

    def _look(self) -> None:
        description = self._changed()
        if description is not None:
            self._description = description
            self._on_change()


def _before_start(config: EndpointConfigRecord) -> EndpointDescription:
    variants = tuple(
        VariantDescription(each.name, 0, each.initial_instance_count, _nothing_warm(each.serverless))
        for each in config.all_variants
    )
    return EndpointDescription("Creating", config.name, variants)


def _nothing_warm(wanted: ServerlessRecord | None) -> ConcurrencyDescription | None:
    if wanted is None:
        return None
    return ConcurrencyDescription(replace(wanted, provisioned_concurrency=0), wanted, 0)
