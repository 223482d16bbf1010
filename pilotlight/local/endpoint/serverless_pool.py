"""Drives the containers of a serverless variant: what `hosting.serverless` decides, this does for real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from threading import Thread
from typing import assert_never

from pilotlight.catalog.serverless import STARTUP
from pilotlight.hosting import serverless
from pilotlight.hosting.longest_time import longest_time
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.real_time_events import Ended
from pilotlight.hosting.serverless import ServerlessVariant
from pilotlight.hosting.serverless_events import (
    ConcurrencySet,
    ContainerId,
    Died,
    NotStarted,
    Requested,
    Retired,
    Serve,
    ServerlessEffect,
    ServerlessEvent,
    Started,
    StartOne,
    StopOne,
    Throttle,
)
from pilotlight.hosting.serverless_metrics import CONCURRENCY_INTERVAL, concurrency_metrics, served_metrics
from pilotlight.hosting.time_passed import TimePassed
from pilotlight.local.containers.container_host import ContainerName
from pilotlight.local.control_plane.endpoint_description import ContainerDescription
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.control_plane.variant_record import VariantRecord
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.endpoint.described_container import described_container
from pilotlight.local.endpoint.direct_call import DirectCall, Routed
from pilotlight.local.endpoint.direct_request import ModelError
from pilotlight.local.endpoint.end_together import end_together
from pilotlight.local.endpoint.fleet import HEALTHY_WITHIN_AT_LEAST_S, IDS_PER_FLEET, FleetPlace
from pilotlight.local.endpoint.instance_container import InstanceContainer
from pilotlight.local.endpoint.measurements import Measurements

_NO_STATUS = 0


@dataclass(frozen=True, slots=True)
class PoolOwner:
    """Who hears of a pool. changed: whenever a description shows something new; died: of one at first."""

    changed: Callable[[], None]
    died: Callable[[str], None]


class ServerlessPool:
    """The containers of one variant under one configuration. All methods are for the driver's thread."""

    def __init__(
        self,
        place: FleetPlace,
        owner: PoolOwner,
        *,
        variant: VariantRecord,
        model: ModelRecord,
        measurements: Measurements,
        number: int,
    ) -> None:
        self.variant, self.model = variant, model
        self._place, self._owner, self._measurements = place, owner, measurements
        self._state = ServerlessVariant(next_id=number * IDS_PER_FLEET + 1)
        self._containers: dict[ContainerId, InstanceContainer] = {}
        self._calls: dict[str, DirectCall] = {}
        self._samples_at = _next_sample(place.clock.now())

    @property
    def state(self) -> ServerlessVariant:
        """Which containers start, are free, or have a request."""
        return self._state

    @property
    def is_ready(self) -> bool:
        """Whether what is provisioned has started, and one container at least did."""
        return not self._state.starting and self._state.warm >= max(1, self._state.provisioned)

    @property
    def is_gone(self) -> bool:
        """Whether no container is left."""
        return not self._containers

    @property
    def next_deadline(self) -> Micros | None:
        """When `pass_time` is due."""
        deadline = serverless.next_deadline(self._state)
        return self._samples_at if deadline is None else min(deadline, self._samples_at)

    def resize(self, most: int, provisioned: int, *, first: int = 0) -> None:
        """Have other limits. first: containers to start at once."""
        self._step(ConcurrencySet(most, provisioned, first))

    def submit(self, call: DirectCall) -> None:
        """Have a container answer a new request, or refuse it."""
        self._calls[call.id] = call
        call.variant = self.variant.name
        self._step(Requested(call.id))

    def end(self, call: DirectCall) -> None:
        """The caller has its answer, or an error."""
        self._step(Ended(call.id))

    def retire(self) -> None:
        """Take no new request, and end when the others are answered."""
        self._step(Retired())

    def pass_time(self, now: Micros) -> None:
        """End what is idle for long; publish how much is used."""
        self._step(TimePassed())
        if now >= self._samples_at:
            self._samples_at = _next_sample(now)
            self._measurements.put(concurrency_metrics(self._state), self.variant.name)

    def end_all(self) -> None:
        """End every container at once; they are gone when this returns. The pool is of no use afterwards."""
        end_together(each.end for each in self._containers.values())

    def described(self) -> tuple[ContainerDescription, ...]:
        """The containers that run."""
        return tuple(
            described_container(each.container, ready=each.is_ready, variant=self.variant.name)
            for each in self._containers.values()
            if each.container is not None and not each.container.has_ended
        )

    def _step(self, event: ServerlessEvent) -> None:
        self._state, effects = serverless.step(self._state, event, self._place.clock.now())
        for effect in effects:
            self._do(effect)
        self._owner.changed()

    def _do(self, effect: ServerlessEffect) -> None:
        match effect:
            case StartOne(container):
                self._containers[container] = self._start(container)
            case Serve():
                self._serve(effect)
            case Throttle(request):
                self._calls.pop(request).place.set_exception(_throttled(self._place.endpoint))
            case NotStarted(request, reason):
                words = f"The container did not start. {reason}".encode()
                self._calls.pop(request).place.set_exception(ModelError(_NO_STATUS, words))
            case StopOne(container):
                Thread(target=self._end, args=(container,), name="idle", daemon=True).start()
            case _ as never:
                assert_never(never)

    def _serve(self, effect: Serve) -> None:
        self._measurements.put(served_metrics(self._state, effect), self.variant.name)
        container = self._containers[effect.container].container
        assert container is not None  # noqa: S101 - it has started
        only = {self.model.hostnames[0]: container}
        self._calls.pop(effect.request).place.set_result(Routed(self.variant.name, only, effect.deadline))

    def _start(self, container: ContainerId) -> InstanceContainer:
        place = self._place
        name = ContainerName(place.endpoint, self.variant.name, container)
        limit = place.clock.wall_seconds(longest_time(STARTUP))
        return InstanceContainer(
            lambda: place.host.launch(self.model.containers[0], name, network_isolation=False),
            max(HEALTHY_WITHIN_AT_LEAST_S, limit),
            launched=lambda: place.post(self._owner.changed),
            healthy=lambda: place.post(lambda: self._step(Started(container))),
            died=lambda reason: place.post(lambda: self._died(container, reason)),
        )

    def _died(self, container: ContainerId, reason: str) -> None:
        was_starting = container in self._state.starting
        self._step(Died(container, reason))
        if was_starting:
            self._owner.died(reason)
        Thread(target=self._end, args=(container,), name="dead", daemon=True).start()

    def _end(self, container: ContainerId) -> None:
        running = self._containers.get(container)
        if running is not None:
            running.end()
        self._place.post(lambda: self._gone(container))

    def _gone(self, container: ContainerId) -> None:
        self._containers.pop(container, None)
        self._owner.changed()


def _throttled(endpoint: str) -> ApiError:
    """SageMaker's own message is empty; this one says why."""
    msg = f"Endpoint {endpoint} answers as many requests as its MaxConcurrency allows."
    return ApiError("ThrottlingException", msg, HTTPStatus.BAD_REQUEST)


def _next_sample(now: Micros) -> Micros:
    return (now // CONCURRENCY_INTERVAL + 1) * CONCURRENCY_INTERVAL
