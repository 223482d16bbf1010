"""Drives the inference components of an endpoint: their copies on instances, their requests, their room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from pilotlight.hosting.instance import InstanceId
from pilotlight.hosting.lasting_shortage import lasting_shortages
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.real_time_metrics import CONCURRENCY_INTERVAL
from pilotlight.local.containers.container import Container
from pilotlight.local.control_plane.deployed_component import DeployedComponent
from pilotlight.local.control_plane.endpoint_description import ComponentDescription, ContainerDescription
from pilotlight.local.control_plane.variant_record import VariantRecord
from pilotlight.local.endpoint.component_variant import ComponentPlace, ComponentVariant, scaling_of
from pilotlight.local.endpoint.direct_call import DirectCall
from pilotlight.local.endpoint.line import Instances
from pilotlight.local.endpoint.targeted_call import no_instance


class ComponentLine:
    """The copies on the instances of one endpoint. Methods are for the driver's thread."""

    def __init__(self, place: ComponentPlace) -> None:
        self._place = place
        self._variants: dict[str, ComponentVariant] = {}
        self._variant_of: dict[InstanceId, str] = {}
        self._has_changed = False
        self._samples_at = _next_sample(place.fleets.clock.now())

    def connect(self, instances: Instances) -> None:
        """Tell it who has the instances; once, before anything else."""
        self._instances = instances

    @property
    def in_flight(self) -> int:
        """Requests that are not answered yet. Any thread may ask."""
        return sum(each.copies.in_flight for each in tuple(self._variants.values()))

    @property
    def load(self) -> Mapping[InstanceId, int]:
        """Copies on each instance: those with none go first."""
        return {
            key: count
            for each in self._variants.values()
            for key, count in each.copies.state.copies_on.items()
        }

    @property
    def next_deadline(self) -> Micros:
        """When `pass_time` is due."""
        deadlines = (each.next_deadline for each in self._variants.values())
        return min((self._samples_at, *(each for each in deadlines if each is not None)))

    def take_change(self) -> bool:
        """Whether a description would show something new since the last call."""
        changed, self._has_changed = self._has_changed, False
        return changed

    def serve(self, variants: Iterable[VariantRecord]) -> None:
        """Have these variants; a known one keeps its components and gets its new bounds."""
        for variant in variants:
            known = self._variants.get(variant.name)
            if known is None:
                self._variants[variant.name] = ComponentVariant.of(variant, self._place, self)
            else:
                known.scaling = scaling_of(variant, self._place)

    def put(self, component: DeployedComponent) -> None:
        """Begin to make a component, or to replace its copies."""
        self._variants[component.variant].copies.put(component)

    def set_copies(self, component: str, count: int) -> None:
        """Begin to bring a component to another number of copies."""
        for each in self._variants.values():
            each.copies.set_copies(component, count)

    def remove(self, component: str) -> None:
        """Begin to end all copies of a component."""
        for each in self._variants.values():
            each.copies.remove(component)

    def counted(self, variant: str, desired: int) -> None:
        """Somebody else than managed scaling set the number of instances."""
        known = self._variants.get(variant)
        if known is not None and known.scaling is not None:
            known.scaling.counted(desired)

    def submit(self, call: DirectCall) -> None:
        """Say which copy a new request goes to."""
        for each in self._variants.values():
            if each.copies.holds(str(call.invocation.component)):
                each.copies.submit(call)
                return
        call.place.set_exception(no_instance(self._place.fleets.endpoint))

    def end(self, call: DirectCall) -> None:
        """The caller has its answer, or an error."""
        if call.variant is not None:
            self._variants[call.variant].copies.end(call)

    def join(self, instance: InstanceId) -> None:
        """An instance takes copies from now on."""
        name = self._instances.variant_of(instance)
        self._variant_of[instance] = name
        self._variants[name].copies.join(instance)

    def leave(self, instance: InstanceId, *, lost: bool) -> None:
        """An instance takes no further copy; lost: it is gone, with all its copies."""
        known = self._variants[self._variant_of[instance]]
        if not lost:
            known.leaving.add(instance)
        known.copies.leave(instance, lost=lost)

    def pass_time(self, now: Micros) -> None:
        """Start copies that have fetched everything, let idle instances go, publish what is in flight."""
        is_sample = now >= self._samples_at
        self._samples_at = _next_sample(now) if is_sample else self._samples_at
        for each in self._variants.values():
            each.copies.pass_time()
            if each.scaling is not None:
                each.scaling.pass_time()
            if is_sample:
                each.requests.measure()

    def described(self) -> tuple[ComponentDescription, ...]:
        """All components."""
        return tuple(one for each in self._variants.values() for one in each.copies.described())

    def containers(self) -> tuple[ContainerDescription, ...]:
        """The containers of all copies."""
        return tuple(one for each in self._variants.values() for one in each.containers.described())

    def containers_on(self, instance: InstanceId) -> tuple[Container, ...]:
        """The containers of the copies on an instance."""
        return tuple(one for each in self._variants.values() for one in each.containers.on(instance))

    def end_all(self) -> None:
        """End every container; they are gone when this returns."""
        for each in self._variants.values():
            each.containers.end_all()

    def copies_moved(self, variant: str) -> None:
        """Copies came, went, or want room: instances may be empty now, too many, or too few."""
        self._has_changed = True
        known = self._variants.get(variant)
        if known is None:
            return
        self._let_go(known)
        state = known.copies.state
        if known.scaling is not None:
            known.scaling.look(state.room_wanted, state.copies_on)
        if self._short(variant):
            self._place.fleets.post(partial(self._give_up, variant))

    def _short(self, variant: str) -> tuple[str, ...]:
        """The components whose copies will find no room."""
        known = self._variants[variant]
        may_grow = known.scaling is not None and known.scaling.may_grow
        is_settled = self._place.is_settled(variant)
        return lasting_shortages(known.copies.state, may_grow=may_grow, is_settled=is_settled)

    def _give_up(self, variant: str) -> None:
        for component in self._short(variant):
            self._variants[variant].copies.give_up_room(component)

    def _let_go(self, known: ComponentVariant) -> None:
        for instance in list(known.leaving):
            if not known.copies.state.copies_on.get(instance):
                known.leaving.discard(instance)
                self._place.fleets.post(partial(self._empty, known, instance))

    def _empty(self, known: ComponentVariant, instance: InstanceId) -> None:
        known.copies.leave(instance, lost=True)
        self._instances.drained(instance)


def _next_sample(now: Micros) -> Micros:
    return (now // CONCURRENCY_INTERVAL + 1) * CONCURRENCY_INTERVAL
