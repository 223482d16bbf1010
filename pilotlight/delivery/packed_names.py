"""Looks whether files can lie beside each other under the names that they get in an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from pilotlight.spec.fault import Fault
from pilotlight.spec.path import Path


def name_faults(where: Path, files: Iterable[tuple[str, str, str]]) -> Iterator[Fault]:
    """Find names that no folder could hold.

    Args:
        where: the key `files` of a step.
        files: of each file the key that names it, where it comes from, and its name in the archive.
    """
    names: dict[str, str] = {}
    folders: dict[str, str] = {}
    for key, source, name in files:
        above = [str(folder) for folder in PurePosixPath(name).parents]
        if name == ".":
            yield Fault((*where, key), "no name for a file", key, "a name in the version folder")
        elif name in names:
            yield _twice((*where, key), "two files of one name", name, names[name])
        elif name in folders:
            yield _twice((*where, key), "a file and a folder of one name", name, folders[name])
        elif blocking := [folder for folder in above if folder in names and folder != "."]:
            yield _twice((*where, key), "a file and a folder of one name", name, names[blocking[0]])
        names.setdefault(name, source)
        folders.update(dict.fromkeys(above, source))


def _twice(where: Path, what: str, name: str, other: str) -> Fault:
    return Fault(where, what, name, "each once", f"also {other}")
