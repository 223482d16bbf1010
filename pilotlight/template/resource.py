"""The resources of all stacks, and how one is found by what refers to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from pilotlight.template.evaluation.choices import holds
from pilotlight.template.evaluation.evaluator import Evaluator
from pilotlight.template.evaluation.expansion import macros_of, why_more_than_itself, why_no_resource
from pilotlight.template.evaluation.stack import Stack
from pilotlight.template.evaluation.symbol import Reference, Text, Value, reference, symbols_in
from pilotlight.template.part import Part
from pilotlight.template.unread import Notes, Place

HOSTING: Final = (
    "AWS::ApplicationAutoScaling::",
    "AWS::SageMaker::Endpoint",
    "AWS::SageMaker::Inference",
    "AWS::SageMaker::Model",
)
"""How the types begin that hosting consists of: one of them that no endpoint claims is named."""


@dataclass(slots=True, eq=False)
class Resource:
    """One resource of a template.

    Attributes:
        stack: where it is.
        logical_id: its name in the template.
        type: as `AWS::SageMaker::Endpoint`.
        part: its properties.
        is_read: whether an endpoint of the fleet has been made of it, or with it.
    """

    stack: Stack
    logical_id: str
    type: str
    part: Part
    is_read: bool = field(default=False)

    @property
    def place(self) -> Place:
        """The resource as a whole."""
        return self.part.place

    def attribute(self, name: str) -> Value:
        """Give an attribute as others would see it: what the template sets, else a symbol."""
        given = self.part.look(name)
        known = isinstance(given, str | Text)
        return given if known else reference(self.stack.name, self.logical_id, name)


class Resources:
    """Every resource that the deployment will have."""

    def __init__(self, stacks: dict[str, Stack], notes: Notes) -> None:
        self.stacks, self.notes = stacks, notes
        self._evaluator = Evaluator(stacks)
        self._all = [each for stack in stacks.values() for each in self._of_stack(stack)]

    def __iter__(self) -> Iterator[Resource]:
        return iter(self._all)

    def of_type(self, type: str) -> list[Resource]:
        """List the resources of one type."""
        return [each for each in self._all if each.type == type]

    def find(self, value: Value, type: str, *names: str) -> Resource | None:
        """Find what a value refers to.

        Args:
            value: a reference, or a name.
            type: of the resource.
            names: properties that may hold its name.
        """
        for each in self.of_type(type):
            if isinstance(value, Reference):
                if (each.stack.name, each.logical_id) == (value.stack, value.logical_id):
                    return each
            elif value is not None and any(each.part.look(name) == value for name in names):
                return each
        return None

    def output(self, stack: Stack, name: str) -> Value:
        """Give the value of an output; None when there is none."""
        written = stack.entry("Outputs", name)
        return self._evaluator.value(stack, written.get("Value")) if isinstance(written, dict) else None

    def _of_stack(self, stack: Stack) -> Iterator[Resource]:
        for key, reason in macros_of(stack.template):
            self.notes.note(Place(stack.name).at(key), reason)
        for logical_id, written in stack.section("Resources").items():
            place = Place(stack.name, str(logical_id))
            if (other := why_no_resource(str(logical_id))) is not None:
                self.notes.note(place, other)
            elif not isinstance(written, dict) or not isinstance(written.get("Type"), str):
                self.notes.note(place, "not a resource, as it has no type")
            elif self._is_wanted(stack, place, written):
                yield self._resource(stack, place, written)

    def _resource(self, stack: Stack, place: Place, written: dict[str, Any]) -> Resource:
        more = why_more_than_itself(written)
        if more is not None:
            self.notes.note(place, more)
        properties = self._evaluator.value(stack, written.get("Properties"))
        if str(written["Type"]).startswith(HOSTING):
            for symbol in symbols_in(properties):
                self.notes.note(place.at("Properties"), f"not known: {symbol.why}")
        return Resource(stack, place.logical_id, written["Type"], Part(place, properties, self.notes))

    def _is_wanted(self, stack: Stack, place: Place, written: dict[str, Any]) -> bool:
        condition = written.get("Condition")
        if condition is None:
            return True
        held = holds(self._evaluator, stack, condition)
        if held is None and str(written["Type"]).startswith(HOSTING):
            self.notes.note(place, f"read as if it were deployed: nobody knows the condition {condition}")
        return held is not False
