"""Reads a fleet file: all of its faults in one pass, each with its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pilotlight.spec.document import read_document
from pilotlight.spec.fleet import FleetSpec
from pilotlight.spec.fleet_file import FleetFile
from pilotlight.spec.jumpstart_faults import jumpstart_faults, lock_file_beside
from pilotlight.spec.jumpstart_lock import JumpStartLock, load_lock
from pilotlight.spec.located import Located
from pilotlight.spec.refusal import FleetRefused, Refusal, shown
from pilotlight.spec.sources import missing_sources
from pilotlight.spec.stages import of_stage, split, unknown_stage
from pilotlight.spec.validation import validated
from pilotlight.spec.yaml_text import read_node


def load_fleet(path: Path, stage: str | None = None) -> FleetSpec:
    """Read a fleet file, in one of its stages.

    The overlays of the other stages are checked too: a file is fine, or it is not.

    Raises:
        FleetRefused: with every fault, in the order of the lines.
    """
    return load_fleet_file(path, stage).fleet


def load_fleet_file(path: Path, stage: str | None = None) -> FleetFile:
    """Read a fleet file and remember where it says what. Raises FleetRefused, as `load_fleet`."""
    document, shape = read_document(read_node(path))
    if not isinstance(document.value, dict):
        raise FleetRefused(_sorted(shape or (_no_fleet(document),), path))
    base, overlays, faults = split(document)
    wanted = base
    if stage in overlays:
        wanted = of_stage(base, overlays, stage)
    elif stage is not None:
        faults += (unknown_stage(stage, overlays, document),)
    fleet, found = _checked(wanted, path)
    others = _in_other_stages(base, {name: o for name, o in overlays.items() if name != stage}, found, path)
    if fleet is None or shape or faults or found or others:
        raise FleetRefused(_sorted((*shape, *faults, *found, *others), path))
    return FleetFile(str(path), fleet, wanted, _lock_of(fleet, path))


def _no_fleet(document: Located) -> Refusal:
    got = "a list" if isinstance(document.value, list) else document.text or "nothing"
    return Refusal("", document.line, "", "not a fleet", shown(got), "a mapping with name and endpoints")


def _checked(document: Located, path: Path) -> tuple[FleetSpec | None, tuple[Refusal, ...]]:
    fleet, faults = validated(document)
    refused = {fault.path for fault in faults}  # what cannot be here at all needs no lock
    locks = (fault for fault in jumpstart_faults(document, path) if fault.path not in refused)
    return fleet, (*faults, *missing_sources(document, path.parent), *locks)


def _lock_of(fleet: FleetSpec, path: Path) -> JumpStartLock | None:
    needed = any(each.model.jumpstart is not None for one in fleet.endpoints.values() for each in one.hosted)
    return load_lock(lock_file_beside(path)) if needed else None


def _in_other_stages(
    base: Located, overlays: dict[str, Located], known: tuple[Refusal, ...], path: Path
) -> tuple[Refusal, ...]:
    """Give the faults that only another stage has; those of the base stage's text say which stage it is."""
    seen = {_identity(fault) for fault in known}
    faults: list[Refusal] = []
    for stage in overlays:
        for fault in _checked(of_stage(base, overlays, stage), path)[1]:
            if _identity(fault) not in seen:
                seen.add(_identity(fault))
                faults.append(_naming_stage(fault, stage))
    return tuple(faults)


def _naming_stage(fault: Refusal, stage: str) -> Refusal:
    if fault.path.startswith(f"stages.{stage}."):
        return fault
    return replace(fault, hint=f"{fault.hint}; in stage {stage}" if fault.hint else f"in stage {stage}")


def _identity(fault: Refusal) -> tuple[int | None, str, str, str]:
    return fault.line, fault.path, fault.what, fault.got


def _sorted(faults: Iterable[Refusal], path: Path) -> tuple[Refusal, ...]:
    in_order = sorted(faults, key=lambda fault: (fault.line or 0, fault.path))
    return tuple(fault if fault.file else replace(fault, file=str(path)) for fault in in_order)
