"""Looks for the local directories that a fleet file names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pilotlight.catalog.framework_environment import PROGRAM_VARIABLE
from pilotlight.catalog.images import canonical
from pilotlight.catalog.model_layouts import EXPECTATIONS
from pilotlight.spec import path as paths
from pilotlight.spec.fleet_file import placed
from pilotlight.spec.image_build import DOCKERFILE
from pilotlight.spec.local_directory import is_directory, is_directory_name, is_file
from pilotlight.spec.located import Located
from pilotlight.spec.model_files import ModelFiles
from pilotlight.spec.model_layout import layout_faults
from pilotlight.spec.model_places import model_places, source_places
from pilotlight.spec.refusal import Refusal, shown

RELATIVE = "a directory, relative to the fleet file"


def missing_sources(document: Located, directory: Path) -> Iterator[Refusal]:
    """Refuse every local directory that is none below the one of the fleet file; no file filled in."""
    builds = tuple((*place, "build") for place in model_places(document))
    for path in (*source_places(document), *((*build, "directory") for build in builds)):
        name = _directory_name(document, path)
        if name is not None and not is_directory(directory / name):
            yield _refusal(document, path, "no such directory", name, RELATIVE)
    for build in builds:
        yield from _missing_dockerfile(document, build, directory)
    for place in model_places(document):
        yield from _strange_layout(document, place, directory)


def _strange_layout(document: Located, place: paths.Path, directory: Path) -> Iterator[Refusal]:
    """Look whether the image of a framework will find in a directory what it looks for."""
    name = _directory_name(document, (*place, "source"))
    framework = canonical(_text(document, (*place, "framework")) or "")
    other_script = _text(document, (*place, "environment", PROGRAM_VARIABLE)) is not None
    if name is None or other_script or framework not in EXPECTATIONS or not is_directory(directory / name):
        return
    for fault in layout_faults(framework, ModelFiles.below(directory / name)):
        what = ": ".join(part for part in (fault.path, fault.what) if part)
        refusal = _refusal(document, (*place, "source"), what, fault.got, fault.allowed)
        yield replace(refusal, hint=fault.hint)


def _missing_dockerfile(document: Located, build: paths.Path, directory: Path) -> Iterator[Refusal]:
    name, said = _directory_name(document, (*build, "directory")), _text(document, (*build, "file"))
    file = DOCKERFILE if said is None else said
    if name is not None and is_directory(directory / name) and not is_file(directory / name / file):
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
