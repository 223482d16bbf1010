"""The state of one instance's models: what is where, how much room it takes, what is due when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pilotlight.hosting.cached_model import FETCHING, CachedModel, ModelPhase
from pilotlight.hosting.micros import Micros
from pilotlight.hosting.model_cache_events import InvocationId, ModelName, TargetModel
from pilotlight.hosting.model_cache_settings import CacheSettings

IN_MEMORY = frozenset({ModelPhase.LOADING, ModelPhase.LOADED, ModelPhase.UNLOADING})
PROMISED_MEMORY = frozenset({ModelPhase.AWAITING_MEMORY, ModelPhase.LOADING, ModelPhase.LOADED})


@dataclass(slots=True)
class ModelCache:
    """The models of one instance: read the properties; only `model_cache.step` calls the methods.

    An owned object that changes in place.
    """

    settings: CacheSettings = field(default_factory=CacheSettings)
    now: Micros = 0
    models: dict[ModelName, CachedModel] = field(default_factory=dict, repr=False)
    invocations: dict[InvocationId, ModelName] = field(default_factory=dict, repr=False)
    _number: int = field(default=0, repr=False)

    @property
    def loaded(self) -> tuple[ModelName, ...]:
        """The models that can be invoked without waiting, in the order they were loaded."""
        found = sorted(self.in_phase(ModelPhase.LOADED), key=lambda one: one.loaded)
        return tuple(one.name for one in found)

    @property
    def memory_used(self) -> int:
        """Bytes of the models that the container has, is loading or unloading."""
        return sum(one.model.in_memory for one in self.models.values() if one.phase in IN_MEMORY)

    @property
    def memory_promised(self) -> int:
        """Bytes of the models that are loaded or will be, without those on their way out."""
        return sum(one.model.in_memory for one in self.models.values() if one.phase in PROMISED_MEMORY)

    @property
    def disk_used(self) -> int:
        """Bytes of the models on the volume, or being downloaded to it."""
        return sum(one.model.on_disk for one in self.models.values() if _takes_disk(one))

    @property
    def disk_promised(self) -> int:
        """Bytes of the models that are on the volume or will be, without those on their way out."""
        return sum(one.model.on_disk for one in self.models.values() if _keeps_disk(one))

    @property
    def next_deadline(self) -> Micros | None:
        """When the next invocation loses patience or the next fetch is given up; None: nobody waits."""
        patience, limit = self.settings.patience, self.settings.fetch_limit
        waits = [at + patience for one in self.models.values() for at in one.waiting.values()]
        fetches = [one.fetch_began + limit for one in self.models.values() if one.fetch_began is not None]
        return min(waits + fetches, default=None)

    def holds(self, model: ModelName) -> bool:
        """Tell whether requests for the model belong here: it is loaded, or being fetched."""
        one = self.models.get(model)
        return one is not None and (one.phase is ModelPhase.LOADED or one.phase in FETCHING)

    def in_phase(self, phase: ModelPhase) -> list[CachedModel]:
        """The models in a phase, those first whose download and load began first."""
        found = (one for one in self.models.values() if one.phase is phase)
        return sorted(found, key=lambda one: one.turn)

    def find(self, model: ModelName, phase: ModelPhase) -> CachedModel | None:
        """Find a model if it is in this phase."""
        one = self.models.get(model)
        return one if one is not None and one.phase is phase else None

    def evictable(self, models: Iterable[CachedModel]) -> list[CachedModel]:
        """The unused ones of these models, in the order they go."""
        unused = (one for one in models if one.is_unused)
        return sorted(unused, key=lambda one: one.rank(self.settings.eviction))

    def enter(self, invocation: InvocationId, model: TargetModel) -> CachedModel:
        """Note an invocation of a model, which the instance gets to know if it does not yet."""
        one = self.models.setdefault(model.name, CachedModel(model, since=self.now))
        one.used, one.uses = self.count(), one.uses + 1
        self.invocations[invocation] = model.name
        return one

    def count(self) -> int:
        """Number the next use, fetch or load."""
        self._number += 1
        return self._number

    def tidy(self) -> None:
        """Forget the models of which nothing is left."""
        for one in self.in_phase(ModelPhase.ABSENT):
            del self.models[one.name]


def _takes_disk(one: CachedModel) -> bool:
    return one.phase not in {ModelPhase.ABSENT, ModelPhase.AWAITING_DISK}


def _keeps_disk(one: CachedModel) -> bool:
    return one.phase is not ModelPhase.ABSENT and not one.leave_disk
