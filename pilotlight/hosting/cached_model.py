"""One model on one instance: where it is between S3 and memory, and who waits for it or uses it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pilotlight.hosting.micros import Micros
from pilotlight.hosting.model_cache_events import InvocationId, ModelName, TargetModel
from pilotlight.hosting.model_cache_settings import Eviction


class ModelPhase(StrEnum):
    """Where a model is on its way from S3 into memory and back."""

    ABSENT = "absent"
    AWAITING_DISK = "awaiting disk"
    DOWNLOADING = "downloading"
    ON_DISK = "on disk"
    AWAITING_MEMORY = "awaiting memory"
    LOADING = "loading"
    LOADED = "loaded"
    UNLOADING = "unloading"


FETCHING = frozenset(
    {ModelPhase.AWAITING_DISK, ModelPhase.DOWNLOADING, ModelPhase.AWAITING_MEMORY, ModelPhase.LOADING}
)


@dataclass(slots=True)
class CachedModel:
    """A model the instance knows.

    since: when it came into its phase. fetch_began: when download and load began together; None: they are
      not under way, or have been given up.
    abandoned: the operation under way is given up, its end is awaited. leave_disk: delete it once unloaded.
    used, uses: number of its last invocation, and how many it had. turn, loaded: numbers of its last fetch
      and of its last load.
    waiting: invocations that wait for it, with their arrival. running: those the container has.
    awaits: models to be unloaded before the container is asked again to load this one; retries: before it
      is asked again for an invocation.
    """

    model: TargetModel
    phase: ModelPhase = ModelPhase.ABSENT
    since: Micros = 0
    fetch_began: Micros | None = None
    abandoned: bool = False
    leave_disk: bool = False
    used: int = 0
    uses: int = 0
    turn: int = 0
    loaded: int = 0
    waiting: dict[InvocationId, Micros] = field(default_factory=dict)
    running: set[InvocationId] = field(default_factory=set)
    awaits: set[ModelName] = field(default_factory=set)
    retries: dict[InvocationId, set[ModelName]] = field(default_factory=dict)

    @property
    def name(self) -> ModelName:
        """The TargetModel."""
        return self.model.name

    @property
    def is_unused(self) -> bool:
        """Whether nobody waits for it and nothing runs on it."""
        return not self.waiting and not self.running

    def enter(self, phase: ModelPhase, now: Micros) -> Micros:
        """Go over to another phase; returns how long the last one took."""
        took, self.phase, self.since = now - self.since, phase, now
        return took

    def rank(self, eviction: Eviction) -> tuple[int, int]:
        """Order the models for eviction: the lowest goes first."""
        match eviction:
            case Eviction.LEAST_RECENTLY_USED:
                return self.used, 0
            case Eviction.LEAST_FREQUENTLY_USED:
                return self.uses, self.used
            case Eviction.FIRST_LOADED:
                return self.loaded, self.used
