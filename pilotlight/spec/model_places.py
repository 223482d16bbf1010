"""Finds where a fleet file may say a model, before anybody knows whether the file is right."""

from __future__ import annotations

from collections.abc import Iterator

from pilotlight.spec.located import Located
from pilotlight.spec.path import Path

MODEL = "model"
ADAPTERS = "adapters"
SOURCE = "source"


def model_places(document: Located) -> Iterator[Path]:
    """Give the path of every mapping called `model` in the endpoints of a file, whatever their kind."""
    yield from (path for path in _below_endpoints(document) if path[-1] == MODEL)


def source_places(document: Located) -> Iterator[Path]:
    """Give the path of everything that may name files: the source of each model, and of each adapter."""
    for path in _below_endpoints(document):
        if path[-1] == MODEL or path[-2] == ADAPTERS:
            yield (*path, SOURCE)


def _below_endpoints(document: Located) -> Iterator[Path]:
    """Give the path of every mapping inside of an endpoint."""
    endpoints = document.value.get("endpoints")
    keys = endpoints.value if endpoints is not None and isinstance(endpoints.value, dict) else {}
    for key, endpoint in keys.items():
        below = _mappings(endpoint, ("endpoints", key))
        yield from (path for path in below if path != ("endpoints", key))


def _mappings(piece: Located, path: Path) -> Iterator[Path]:
    value = piece.value
    if isinstance(value, dict):
        yield path
        for key, below in value.items():
            yield from _mappings(below, (*path, key))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from _mappings(below, (*path, number))
