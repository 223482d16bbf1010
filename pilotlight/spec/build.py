"""Builds a part of a fleet out of Python values, with refusals instead of pydantic's errors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError

from pilotlight.spec.base import Spec
from pilotlight.spec.path import dotted
from pilotlight.spec.refusal import FleetRefused, shown
from pilotlight.spec.translate import in_words, path_of

Part = TypeVar("Part", bound=Spec)


def build(part: type[Part], where: object = "", /, **values: Any) -> Part:
    """Build a spec as its constructor does.

    Args:
        part: the class.
        where: what is built; its text, the path of a construct, begins the paths of the refusals.
        values: the fields.

    Raises:
        FleetRefused: with every fault.
    """
    try:
        return part.model_validate(values)
    except ValidationError as error:
        faults = error.errors(include_url=False)
    refusals = (
        replace(
            in_words(part, values, fault, shown(str(fault["input"]))),
            path=".".join(step for step in (str(where), dotted(path_of(fault))) if step),
        )
        for fault in faults
    )
    raise FleetRefused(tuple(refusals))
