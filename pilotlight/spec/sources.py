"""Looks for the local directories that a fleet file names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pilotlight.spec import path as paths
from pilotlight.spec.fleet_file import placed
from pilotlight.spec.image_build import DOCKERFILE
from pilotlight.spec.local_directory import is_directory_name
from pilotlight.spec.located import Located
from pilotlight.spec.model_places import model_places, source_places
from pilotlight.spec.refusal import Refusal, shown

RELATIVE = "a directory, relative to the fleet file"


def missing_sources(document: Located, directory: Path) -> Iterator[Refusal]:
    """Refuse every local directory that is none below the one of the fleet file; no file filled in."""
    builds = tuple((*place, "build") for place in model_places(document))
    for path in (*source_places(document), *((*build, "directory") for build in builds)):
        name = _directory_name(document, path)
        if name is not None and not (directory / name).is_dir():
            yield _refusal(document, path, "no such directory", name, RELATIVE)
    for build in builds:
        yield from _missing_dockerfile(document, build, directory)


def _missing_dockerfile(document: Located, build: paths.Path, directory: Path) -> Iterator[Refusal]:
    name, said = _directory_name(document, (*build, "directory")), _text(document, (*build, "file"))
    file = DOCKERFILE if said is None else said
    if name is not None and (directory / name).is_dir() and not (directory / name / file).is_file():
        path = (*build, "directory" if said is None else "file")
        allowed = "a Dockerfile, relative to the directory"
        yield _refusal(document, path, "no such Dockerfile", f"{name}/{file}", allowed)


def _directory_name(document: Located, path: paths.Path) -> str | None:
    text = _text(document, path)
    return text if text is not None and is_directory_name(text) else None


def _text(document: Located, path: paths.Path) -> str | None:
    pieces = tuple(document.along(path))
    value = pieces[-1].value if len(pieces) > len(path) else None
    return value if isinstance(value, str) else None


def _refusal(document: Located, path: paths.Path, what: str, got: str, allowed: str) -> Refusal:
    line, stage = placed(document, path)
    where = path if stage is None else ("stages", stage, *path)
    return Refusal("", line, paths.dotted(where), what, shown(got), allowed)
