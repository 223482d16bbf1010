"""Writes the lock file: sorted, the same bytes for the same content, never half of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from pilotlight.jumpstart.refused import JumpStartRefused
from pilotlight.spec.jumpstart_lock import SCHEMA_VERSION, JumpStartLock, load_lock
from pilotlight.spec.jumpstart_model import LockedModel


def existing_lock(path: Path) -> JumpStartLock:
    """Read the lock that is to be added to; an empty one when there is no file yet. Raises FleetRefused."""
    return load_lock(path) if path.exists() else JumpStartLock(schema_version=SCHEMA_VERSION, models={})


def with_model(lock: JumpStartLock, model_id: str, model: LockedModel) -> JumpStartLock:
    """Give the lock with one entry added or replaced; the others stay."""
    return lock.model_copy(update={"models": {**lock.models, model_id: model}})


def lock_text(lock: JumpStartLock) -> str:
    """Write a lock as JSON. What says nothing, an empty environment say, is left out."""
    document = lock.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write_lock(path: Path, lock: JumpStartLock) -> bool:
    """Replace the file in one step; leave it alone when it already says the same.

    Returns:
        Whether the file changed.

    Raises:
        JumpStartRefused: the file cannot be written.
    """
    text = lock_text(lock).encode()
    target = path.resolve()  # a link stays a link
    try:
        if target.exists() and target.read_bytes() == text:
            return False
        _replace(target, text)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise JumpStartRefused(f"cannot be written: {reason}", file=path) from None
    return True


def _replace(target: Path, text: bytes) -> None:
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        draft.write_bytes(text)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
