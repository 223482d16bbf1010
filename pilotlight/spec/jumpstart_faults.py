"""Holds the JumpStart models of a fleet file against the lock beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pilotlight.spec.fleet import FleetSpec
from pilotlight.spec.fleet_file import placed
from pilotlight.spec.jumpstart_command import LOCK_FILE, lock_command
from pilotlight.spec.jumpstart_container import INSTANCE_TYPE
from pilotlight.spec.jumpstart_lock import JumpStartLock, load_lock
from pilotlight.spec.jumpstart_resolve import locked_container
from pilotlight.spec.located import Located
from pilotlight.spec.path import dotted
from pilotlight.spec.refusal import FleetRefused, Refusal, shown


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What an endpoint of a fleet file says about a JumpStart model."""

    key: str
    model_id: str
    accepted: bool
    region: str
    instance_type: str | None


def lock_file_beside(fleet_file: Path) -> Path:
    """Give where the lock of a fleet file is, or would be."""
    return fleet_file.parent / LOCK_FILE


def jumpstart_faults(document: Located, fleet_file: Path) -> Iterator[Refusal]:
    """Refuse each JumpStart model that cannot be deployed as it is locked; no fleet file filled in."""
    wanted, file = tuple(_wanted(document)), lock_file_beside(fleet_file)
    if not wanted:
        return
    try:
        lock = load_lock(file) if file.exists() else None
    except FleetRefused as refused:
        yield from refused.refusals
        return
    for each in wanted:
        yield from (_placed(document, each, fault) for fault in _faults(each, lock, file))


def _wanted(document: Located) -> Iterator[_Wanted]:
    data = document.plain()
    region = _text(data.get("region", FleetSpec.model_fields["region"].default))
    endpoints = data.get("endpoints")
    for key, endpoint in endpoints.items() if isinstance(endpoints, dict) else ():
        model = endpoint.get("model") if isinstance(endpoint, dict) else None
        said: dict[str, Any] = model if isinstance(model, dict) else {}
        model_id = _text(said.get("jumpstart"))
        if model_id is not None and region is not None:
            accepted = said.get("accept_eula") is True
            yield _Wanted(key, model_id, accepted, region, _text(endpoint.get(INSTANCE_TYPE)))


def _faults(wanted: _Wanted, lock: JumpStartLock | None, file: Path) -> tuple[Refusal, ...]:
    if lock is None:
        command = lock_command(wanted.model_id, regions=(wanted.region,), file=file)
        what = f"there is no {LOCK_FILE} beside the fleet file"
        return (Refusal("", None, "", what, shown(wanted.model_id), hint=f"`{command}` writes it"),)
    if wanted.instance_type is None:
        return ()  # its absence is a fault of its own
    try:
        locked_container(
            lock,
            wanted.model_id,
            region=wanted.region,
            instance_type=wanted.instance_type,
            accepted=wanted.accepted,
            file=file,
        )
    except FleetRefused as refused:
        return refused.refusals
    return ()


def _placed(document: Located, wanted: _Wanted, fault: Refusal) -> Refusal:
    """Blame the key that a reader would change."""
    below = {INSTANCE_TYPE: (INSTANCE_TYPE,), "accept_eula": ("model", "accept_eula")}
    path = ("endpoints", wanted.key, *below.get(fault.path, ("model", "jumpstart")))
    line, stage = placed(document, path)
    return replace(fault, line=line, path=dotted(path if stage is None else ("stages", stage, *path)))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
