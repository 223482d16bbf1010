"""A value together with the place that says it, so that a refused value is named by its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from pilotlight.spec.base import Spec
from pilotlight.spec.path import dotted
from pilotlight.spec.refusal import shown
from pilotlight.spec.translate import in_words, path_of
from pilotlight.template.unread import Notes, Place

T = TypeVar("T")
U = TypeVar("U")
S = TypeVar("S", bound=Spec)


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """What a property says, and where."""

    value: T
    place: Place

    def then(self, change: Callable[[T], U]) -> Said[U]:
        """Give what it means, at the same place."""
        return Said(change(self.value), self.place)


def built(part: type[S], notes: Notes, place: Place, **said: Any) -> S | None:
    """Build a part of a fleet out of what a template says.

    What the spec refuses is noted by its place and left at its default. Without what the part cannot do
    without there is no part, which is noted too.

    Args:
        part: the class.
        notes: take what is refused.
        place: of the part as a whole.
        said: the fields, as `Said`, or as parts that were built already; None leaves a field at its default.
    """
    given = {name: each for name, each in said.items() if each is not None}
    while True:
        values = {name: each.value if isinstance(each, Said) else each for name, each in given.items()}
        try:
            return part.model_validate(values)
        except ValidationError as error:
            faults = error.errors(include_url=False)
        refused = set()
        for fault in faults:
            path = path_of(fault)
            name = str(path[0]) if path else ""
            where = given[name].place if isinstance(given.get(name), Said) else place
            words = in_words(part, values, fault, shown(str(fault["input"])))
            notes.note(where, f"{dotted(path)}: {words}" if path else str(words))
            refused.add(name)
        if not refused & given.keys():
            return None
        given = {name: each for name, each in given.items() if name not in refused}
