"""Locks a model: chooses the version, builds the entry, adds it to the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pilotlight.jumpstart.entry import locked_model
from pilotlight.jumpstart.lock_file import existing_lock, with_model, write_lock
from pilotlight.jumpstart.model_data import ModelData
from pilotlight.jumpstart.version_choice import chosen_version
from pilotlight.spec.jumpstart_model import LockedModel


@dataclass(frozen=True, slots=True)
class Locked:
    """What locking a model came to.

    Attributes:
        before: the entry that was replaced; None when the model is new in the lock.
        changed: whether the file is another one now.
    """

    model_id: str
    model: LockedModel
    before: LockedModel | None
    changed: bool


def lock_model(
    data: ModelData, model_id: str, path: Path, *, version: str | None = None, regions: tuple[str, ...] = ()
) -> Locked:
    """Write a model into the lock file.

    Args:
        data: where to look it up.
        model_id: as JumpStart calls it.
        path: the lock file; made when there is none.
        version: the newest that the data can deploy when not given.
        regions: when not given those of the replaced entry, as far as the version is published there, or else
            all that the data knows.

    Raises:
        FleetRefused: there is no such model, version or region, or the file cannot be read or written.
    """
    lock = existing_lock(path)
    before = lock.models.get(model_id)
    facts = data.facts(model_id, chosen_version(data, model_id, version))
    if not regions and before is not None:
        regions = tuple(region for region in before.regions if region in facts.regions)
    model = locked_model(facts, tuple(sorted(set(regions))))
    changed = write_lock(path, with_model(lock, model_id, model))
    return Locked(model_id, model, before, changed)
