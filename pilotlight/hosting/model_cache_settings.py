"""What decides how an instance of a multi-model endpoint keeps its models."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pilotlight.catalog.multi_model import MODEL_FETCH, MODEL_NOT_READY
from pilotlight.hosting.longest_time import longest_time
from pilotlight.hosting.micros import Micros


class Eviction(StrEnum):
    """Which of the unused models goes first."""

    LEAST_RECENTLY_USED = "least recently used"
    LEAST_FREQUENTLY_USED = "least frequently used"
    FIRST_LOADED = "first loaded"


_PATIENCE: Micros = longest_time(MODEL_NOT_READY)
_FETCH_LIMIT: Micros = longest_time(MODEL_FETCH)


@dataclass(frozen=True, slots=True)
class CacheSettings:
    """How an instance keeps its models.

    memory: bytes for loaded models. Default: as many as the container takes, whose 507 is the only sign.
    disk: bytes for downloaded models. Default: no end.
    enabled: ModelCacheSetting. Not enabled, a model is unloaded and deleted as soon as it has answered.
    eviction: default, the least recently used first.
    patience: how long an invocation waits for its model before it is refused. Default: 60 seconds.
    fetch_limit: how long download and load may take in all. Default: 360 seconds.
    Raises ValueError with all faults when a number is out of range.
    """

    memory: int | None = None
    disk: int | None = None
    enabled: bool = True
    eviction: Eviction = Eviction.LEAST_RECENTLY_USED
    patience: Micros = _PATIENCE
    fetch_limit: Micros = _FETCH_LIMIT

    def __post_init__(self) -> None:
        numbers = {"memory": self.memory, "disk": self.disk}
        times = {"patience": self.patience, "fetch limit": self.fetch_limit}
        faults = [
            f"{name}, got {got}, allowed 0 or more bytes, or none"
            for name, got in numbers.items()
            if got is not None and got < 0
        ]
        faults += [f"{name}, got {got}, allowed 1 or more" for name, got in times.items() if got < 1]
        if faults:
            raise ValueError("; ".join(faults))
