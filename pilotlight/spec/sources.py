"""Looks for the local directories that a fleet file names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pilotlight.spec.fleet_file import placed
from pilotlight.spec.located import Located
from pilotlight.spec.model_places import source_places
from pilotlight.spec.path import dotted
from pilotlight.spec.refusal import Refusal, shown
from pilotlight.spec.source import is_directory_name


def missing_sources(document: Located, directory: Path) -> Iterator[Refusal]:
    """Refuse every local source that is no directory below the one of the fleet file; no file filled in."""
    for path in source_places(document):
        pieces = tuple(document.along(path))
        source = pieces[-1].value
        if len(pieces) > len(path) and isinstance(source, str) and _names_nothing(source, directory):
            line, stage = placed(document, path)
            where = path if stage is None else ("stages", stage, *path)
            allowed = "a directory, relative to the fleet file"
            yield Refusal("", line, dotted(where), "no such directory", shown(source), allowed)


def _names_nothing(source: str, directory: Path) -> bool:
    return is_directory_name(source) and not (directory / source).is_dir()
