"""Finds the files of a step beside its description, and nothing outside of that folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pilotlight.catalog.triton_model import BACKENDS
from pilotlight.delivery.packed_names import name_faults
from pilotlight.delivery.python_model import python_model_faults
from pilotlight.spec.fault import Fault
from pilotlight.spec.local_directory import is_directory_name, is_there

NEVER_PACKED: Final = ("__pycache__", ".git")
"""Folders that are left out of a folder that is packed whole."""


@dataclass(frozen=True, slots=True)
class StepFile:
    """A file of a step: its name in the version folder, and where it is."""

    name: str
    source: Path


def step_files(files: Mapping[str, str], folder: Path) -> tuple[StepFile, ...]:
    """List the files of a step in the order of their names; a folder stands for all that it holds."""
    found = [file for name, source in files.items() for file in _files(name, folder / source)]
    return tuple(sorted(found, key=lambda file: file.name))


def file_faults(data: Any, folder: Path) -> Iterator[Fault]:
    """Find what is wrong with the files that a description names; what is no step or no path is left out."""
    steps = data.get("steps")
    for name, step in steps.items() if isinstance(steps, dict) else ():
        written = step.get("files") if isinstance(step, dict) else None
        if isinstance(written, dict):
            yield from _of_step(("steps", name, "files"), step, written, folder)


def _of_step(
    where: tuple[str, ...], step: Mapping[str, Any], written: Mapping[str, Any], folder: Path
) -> Iterator[Fault]:
    named = {name: source for name, source in written.items() if _is_inside(name) and _is_inside(source)}
    faults = {name: [*_of_source((*where, name), source, folder)] for name, source in named.items()}
    yield from (fault for found in faults.values() for fault in found)
    right = {name: source for name, source in named.items() if not faults[name]}
    yield from name_faults(where, _packed(right, folder))
    if len(right) == len(written):
        yield from _of_backend(where, step.get("backend"), right, folder)


def _packed(right: Mapping[str, str], folder: Path) -> Iterator[tuple[str, str, str]]:
    for name, source in right.items():
        yield from ((name, source, file.name) for file in _files(name, folder / source))


def _of_backend(where: tuple[str, ...], name: Any, files: Mapping[str, str], folder: Path) -> Iterator[Fault]:
    backend = BACKENDS.get(name) if isinstance(name, str) else None
    if backend is None:
        return
    packed = {file.name: file for file in step_files(files, folder)}
    wanted = packed.get(backend.file)
    in_folder = any(packed_name.startswith(f"{backend.file}/") for packed_name in packed)
    if wanted is None and (name == "python" or not in_folder):
        yield Fault(where, f"no {backend.file}", ", ".join(packed) or "nothing", f"{backend.file} for {name}")
    if wanted is not None and name == "python":
        key = backend.file if backend.file in files else next(iter(files))
        yield from python_model_faults(wanted.source, (*where, key))


def _of_source(where: tuple[str, ...], source: str, folder: Path) -> Iterator[Fault]:
    path, allowed = folder / source, "a file or folder beside the description"
    if not is_there(path):
        yield Fault(where, "no such file", source, allowed)
    elif not path.resolve().is_relative_to(folder.resolve()):
        yield Fault(where, "a link that leads outside", source, allowed)
    elif path.is_dir():
        strange = [found for found in _walk(path) if found.is_symlink() or not found.is_file()]
        for found in strange:
            got = found.relative_to(folder).as_posix()
            yield Fault(
                where, "neither a file nor a folder", got, "no links in a folder", "name it by itself"
            )
        if not strange and next(_walk(path), None) is None:
            yield Fault(where, "holds nothing to pack", source, allowed)
    elif not path.is_file():
        yield Fault(where, "neither a file nor a folder", source, allowed)


def _files(name: str, source: Path) -> Iterator[StepFile]:
    if not source.is_dir():
        yield StepFile(PurePosixPath(name).as_posix(), source)
        return
    for file in _walk(source):
        yield StepFile((PurePosixPath(name) / file.relative_to(source).as_posix()).as_posix(), file)


def _walk(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(here) / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in NEVER_PACKED and name not in links)
        yield from (Path(here) / name for name in sorted((*names, *links)) if not name.endswith(".pyc"))


def _is_inside(path: Any) -> bool:
    """Tell whether a path can be looked at; the spec refuses the others."""
    return isinstance(path, str) and is_directory_name(path) and ".." not in PurePosixPath(path).parts
