"""Validates what a file says, and finds the places of its faults."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pilotlight.spec.base import Spec
from pilotlight.spec.fleet import FleetSpec
from pilotlight.spec.fleet_file import placed
from pilotlight.spec.from_file import FROM_FILE
from pilotlight.spec.located import FAULTY, Located
from pilotlight.spec.path import Path, dotted
from pilotlight.spec.refusal import Refusal, shown
from pilotlight.spec.translate import KEY_MARK, in_words, path_of

Part = TypeVar("Part", bound=Spec)


def validated(document: Located) -> tuple[FleetSpec | None, tuple[Refusal, ...]]:
    """Give the fleet, or its faults with their lines; their file is still to be filled in."""
    return validated_as(FleetSpec, document)


def validated_as(root: type[Part], document: Located) -> tuple[Part | None, tuple[Refusal, ...]]:
    """Give what the document says of a class, or its faults, as `validated` does."""
    data = document.plain()
    try:
        return root.model_validate(data, context=FROM_FILE), ()
    except ValidationError as error:
        faults = error.errors(include_url=False)
    return None, tuple(
        _placed(root, document, data, fault) for fault in faults if not _known(document, fault)
    )


def _known(document: Located, details: ErrorDetails) -> bool:
    """Tell whether the value could not even be read: that has been reported already."""
    return any(piece.value is FAULTY for piece in document.along(path_of(details)))


def _placed(root: type[Spec], document: Located, data: Any, details: ErrorDetails) -> Refusal:
    path = path_of(details)
    line, stage = placed(document, path)
    refusal = in_words(root, data, details, _got(document, path, details))
    where = path if stage is None else ("stages", stage, *path)
    return replace(refusal, line=line, path=dotted(where))


def _got(document: Located, path: Path, details: ErrorDetails) -> str:
    if KEY_MARK in details["loc"]:
        return shown(str(path[-1]))
    *_, piece = pieces = tuple(document.along(path))
    if len(pieces) <= len(path):
        return shown(str(details["input"]))
    if isinstance(piece.value, dict):
        return "a mapping"
    if isinstance(piece.value, list):
        return "a list"
    return shown(piece.text) or "nothing"
