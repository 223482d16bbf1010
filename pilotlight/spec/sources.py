"""Looks for the local directories that a fleet file names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pilotlight.spec.fleet_file import placed
from pilotlight.spec.located import Located
from pilotlight.spec.path import dotted
from pilotlight.spec.refusal import Refusal, shown
from pilotlight.spec.source import is_directory_name


def missing_sources(document: Located, directory: Path) -> Iterator[Refusal]:
    """Refuse every local source that is no directory below the one of the fleet file; no file filled in."""
    endpoints = document.value.get("endpoints")
    keys = endpoints.value if endpoints is not None and isinstance(endpoints.value, dict) else {}
    for path in (path for key in keys for path in _paths(document, key)):
        pieces = tuple(document.along(path))
        source = pieces[-1].value
        if len(pieces) > len(path) and isinstance(source, str) and _names_nothing(source, directory):
            line, stage = placed(document, path)
            where = path if stage is None else ("stages", stage, *path)
            allowed = "a directory, relative to the fleet file"
            yield Refusal("", line, dotted(where), "no such directory", shown(source), allowed)


def _paths(document: Located, key: str) -> Iterator[tuple[str, ...]]:
    """Where an endpoint may name a directory: its own model, and those of further variants."""
    yield ("endpoints", key, "model", "source")
    path = ("endpoints", key, "variants")
    pieces = tuple(document.along(path))
    if len(pieces) > len(path) and isinstance(pieces[-1].value, dict):
        yield from ((*path, name, "model", "source") for name in pieces[-1].value)


def _names_nothing(source: str, directory: Path) -> bool:
    return is_directory_name(source) and not (directory / source).is_dir()
