"""Holds the JumpStart models of a fleet file against the lock beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pilotlight.catalog.hosting_options import why_not
from pilotlight.spec.fleet import FleetSpec
from pilotlight.spec.fleet_file import placed
from pilotlight.spec.jumpstart_command import LOCK_FILE, lock_command
from pilotlight.spec.jumpstart_container import INSTANCE_TYPE
from pilotlight.spec.jumpstart_lock import JumpStartLock, load_lock
from pilotlight.spec.jumpstart_resolve import ENVIRONMENT, locked_container
from pilotlight.spec.located import Located
from pilotlight.spec.model_places import model_places
from pilotlight.spec.parts import part_at
from pilotlight.spec.path import Path as Place
from pilotlight.spec.path import dotted
from pilotlight.spec.refusal import FleetRefused, Refusal, shown
from pilotlight.spec.source import is_prefix


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a fleet file says about a JumpStart model.

    Attributes:
        path: leads to the model.
        host: leads to the part that says its instance type.
        kind: of the endpoint; None when the file does not say it.
        model_id: which one.
        accepted: whether its licence is.
        region: of the fleet.
        instance_type: of the host; None when the file does not say it.
        variables: that the file gives its container.
    """

    path: Place
    host: Place
    kind: str | None
    model_id: str
    accepted: bool
    region: str
    instance_type: str | None
    variables: tuple[str, ...]


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
    for path in model_places(document):
        said = part_at(data, path)
        model_id = _text(said.get("jumpstart"))
        if model_id is not None and region is not None:
            host = _host(data, path)
            accepted, instance_type = said.get("accept_eula") is True, part_at(data, host).get(INSTANCE_TYPE)
            given = said.get(ENVIRONMENT)
            variables = tuple(given) if isinstance(given, dict) else ()
            kind = _text(part_at(data, path[:2]).get("kind"))
            yield _Wanted(path, host, kind, model_id, accepted, region, _text(instance_type), variables)


def _host(data: Any, path: Place) -> Place:
    """Give the part that says the instance type of a model: the closest above it, or else its endpoint."""
    above = (path[:length] for length in range(len(path) - 1, 2, -1))
    saying = (each for each in above if INSTANCE_TYPE in part_at(data, each))
    return next(saying, path[:2])


def _faults(wanted: _Wanted, lock: JumpStartLock | None, file: Path) -> tuple[Refusal, ...]:
    if lock is None:
        command = lock_command(wanted.model_id, regions=(wanted.region,), file=file)
        what = f"there is no {LOCK_FILE} beside the fleet file"
        return (Refusal("", None, "", what, shown(wanted.model_id), hint=f"`{command}` writes it"),)
    if wanted.instance_type is None:
        return ()  # its absence is a fault of its own
    try:
        container = locked_container(
            lock,
            wanted.model_id,
            region=wanted.region,
            instance_type=wanted.instance_type,
            accepted=wanted.accepted,
            variables=wanted.variables,
            file=file,
        )
    except FleetRefused as refused:
        return refused.refusals
    return tuple(_of_its_files(wanted.kind, container.source))


def _of_its_files(kind: str | None, source: str | None) -> Iterator[Refusal]:
    """Refuse files that the kind cannot read; the kinds that take no JumpStart model say so themselves."""
    if kind == "batch-transform" and source is not None and is_prefix(source):
        what, allowed = why_not(kind, "model.source"), "a model that is one archive"
        yield Refusal("", None, "", what, source, allowed)


def _placed(document: Located, wanted: _Wanted, fault: Refusal) -> Refusal:
    """Blame the key that a reader would change."""
    below = {key: (*wanted.path, key) for key in ("accept_eula", ENVIRONMENT)}
    below[INSTANCE_TYPE] = (*wanted.host, INSTANCE_TYPE)
    path = below.get(fault.path, (*wanted.path, "jumpstart"))
    line, stage = placed(document, path)
    return replace(fault, line=line, path=dotted(path if stage is None else ("stages", stage, *path)))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
