"""Which instances serve an endpoint, which are about to, and which are on their way out.

Every deployment policy runs as blue/green, all at once: the new instances all come into service, then the old
ones drain. What fails on the way leaves the old ones as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pilotlight.hosting.instances import InstanceId
from pilotlight.hosting.micros import Micros
from pilotlight.local.containers.container import Container
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.endpoint_description import EndpointDescription, VariantDescription
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.endpoint.fleet import Fleet, FleetPlace
from pilotlight.local.endpoint.line import Line


@dataclass(frozen=True, slots=True)
class Generation:
    """The fleets of one configuration, one per variant."""

    config: EndpointConfigRecord
    fleets: tuple[Fleet, ...]

    @property
    def is_settled(self) -> bool:
        """Whether every variant has the instances it shall have."""
        return all(fleet.is_settled for fleet in self.fleets)

    def retire(self, load: Mapping[InstanceId, int]) -> None:
        """Begin to end all instances."""
        for fleet in self.fleets:
            fleet.set_desired(0, load)


class Rollout:
    """The generations of one endpoint. All methods are for the driver's thread.

    serves: told of each configuration when it comes into service, before its instances take requests.
    Default: nobody is told.
    """

    def __init__(
        self,
        place: FleetPlace,
        line: Line,
        *,
        serves: Callable[[EndpointConfigRecord], None] | None = None,
    ) -> None:
        self._place = place
        self._line = line
        self._serves = serves
        line.connect(self)
        self._serving: Generation | None = None
        self._coming: Generation | None = None
        self._leaving: list[Generation] = []
        self._joined: set[InstanceId] = set()
        self._fleets_made = 0
        self._has_changed = False
        self.status = "Creating"
        self.failure_reason: str | None = None

    @property
    def fleets(self) -> tuple[Fleet, ...]:
        """All fleets that may have instances, the serving ones first."""
        generations = [each for each in (self._serving, self._coming, *self._leaving) if each is not None]
        return tuple(fleet for generation in generations for fleet in generation.fleets)

    @property
    def config(self) -> EndpointConfigRecord | None:
        """The configuration that serves; None before the first one does. Any thread may ask."""
        serving = self._serving
        return None if serving is None else serving.config

    @property
    def next_deadline(self) -> Micros | None:
        """When `pass_time` is due."""
        deadlines = (fleet.next_deadline for fleet in self.fleets)
        return min((each for each in deadlines if each is not None), default=None)

    def take_change(self) -> bool:
        """Whether a description would show something new since the last call."""
        changed, self._has_changed = self._has_changed, False
        return changed

    def begin(
        self, config: EndpointConfigRecord, models: Mapping[str, ModelRecord], *, retains: bool
    ) -> None:
        """Begin to create the endpoint, or to replace what serves it.

        retains: variants that exist already keep their desired count, which scaling may have changed.
        """
        counts = {fleet.variant.name: fleet.desired for fleet in self.fleets} if retains else {}
        coming = Generation(config, self._make_fleets(config, models))
        for fleet in coming.fleets:
            variant = fleet.variant
            fleet.set_desired(counts.get(variant.name, variant.initial_instance_count), {})
        self._coming = coming
        self.status = "Creating" if self._serving is None else "Updating"
        self.failure_reason = None
        self.count_reached()  # at once, when all of them shall have no instance

    def set_desired(self, variant: str, count: int) -> None:
        """Begin to bring a variant to another number of instances."""
        target = self._serving if self._coming is None else self._coming
        for fleet in () if target is None else target.fleets:
            if fleet.variant.name == variant:
                self.status = "Updating" if self.status == "InService" else self.status
                fleet.set_desired(count, self._line.load)

    def pass_time(self, now: Micros) -> None:
        """Do what is due."""
        for fleet in self.fleets:
            if fleet.next_deadline is not None and fleet.next_deadline <= now:
                fleet.pass_time()

    def describe(self) -> EndpointDescription:
        """The state now, without the backlog."""
        shown = self._coming if self._serving is None else self._serving
        assert shown is not None  # noqa: S101 - the first generation begins before anybody asks
        return EndpointDescription(
            status=self.status,
            config_name=shown.config.name,
            variants=tuple(
                VariantDescription(fleet.variant.name, len(fleet.in_service), fleet.desired)
                for fleet in shown.fleets
            ),
            containers=tuple(each for fleet in self.fleets for each in fleet.described()),
            failure_reason=self.failure_reason,
        )

    def variant_of(self, instance: InstanceId) -> str:
        """The variant of an instance."""
        return self._fleet_of(instance).variant.name

    def desired(self, variant: str) -> int:
        """How many instances a variant of the configuration in service shall have."""
        return next((fleet.desired for fleet in self.fleets if fleet.variant.name == variant), 0)

    def is_settled(self, variant: str) -> bool:
        """Whether a variant has the instances it shall have, and none comes or goes."""
        return all(fleet.is_settled for fleet in self.fleets if fleet.variant.name == variant)

    def container_of(self, instance: InstanceId) -> tuple[str, Container]:
        """The variant and the first container of an instance that has joined."""
        return self.variant_of(instance), next(iter(self.containers_of(instance).values()))

    def containers_of(self, instance: InstanceId) -> Mapping[str, Container]:
        """All containers of an instance that has joined, by host name, in the order of the model."""
        return self._fleet_of(instance).containers(instance)

    def drained(self, instance: InstanceId) -> None:
        """An instance that was leaving has no request left."""
        self._fleet_of(instance).drained(instance)

    def instance_joined(self, fleet: Fleet, instance: InstanceId) -> None:
        """Give it requests if its generation serves already."""
        if self._serving is not None and fleet in self._serving.fleets:
            self._join(instance)

    def instance_left(self, fleet: Fleet, instance: InstanceId, *, lost: bool) -> None:
        """Take it out of the queue, if it ever was in there."""
        if instance in self._joined:
            self._joined.discard(instance)
            self._line.leave(instance, lost=lost)
        elif not lost:
            fleet.drained(instance)

    def launch_failed(self, fleet: Fleet, reason: str) -> None:
        """Give up a generation that is coming; in one that serves, another instance is on its way already."""
        coming = self._coming
        if coming is None or fleet not in coming.fleets:
            return
        self._coming = None
        self._leaving.append(coming)
        self.failure_reason = (
            f"The container of production variant {fleet.variant.name} did not start. {reason}"
        )
        if self._serving is None:
            self.status, self._serving = "Failed", Generation(coming.config, ())
        else:
            self.status = "RollingBack"
        coming.retire({})

    def count_reached(self) -> None:
        """See whether a change is complete."""
        if self._coming is not None and self._coming.is_settled:
            self._switch(self._coming)
        self._leaving = [each for each in self._leaving if not each.is_settled]
        if self._coming is None and not self._leaving and self.status != "Failed":
            is_settled = self._serving is not None and self._serving.is_settled
            self.status = "InService" if is_settled else self.status

    def changed(self) -> None:
        """Something changed that a description shows."""
        self._has_changed = True

    def _switch(self, coming: Generation) -> None:
        former, self._serving, self._coming = self._serving, coming, None
        if former is not None:
            self._leaving.append(former)
            former.retire(self._line.load)
        if self._serves is not None:
            self._serves(coming.config)
        for fleet in coming.fleets:
            for instance in fleet.in_service:
                self._join(instance)

    def _join(self, instance: InstanceId) -> None:
        self._joined.add(instance)
        self._line.join(instance)

    def _fleet_of(self, instance: InstanceId) -> Fleet:
        return next(fleet for fleet in self.fleets if fleet.holds(instance))

    def _make_fleets(
        self, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]
    ) -> tuple[Fleet, ...]:
        fleets = []
        for variant in config.all_variants:
            model = None if variant.model_name is None else models[variant.model_name]
            fleets.append(Fleet(self._place, self, variant=variant, model=model, number=self._fleets_made))
            self._fleets_made += 1
        return tuple(fleets)
