"""Evaluates what the templates of a deployment say, across its stacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from pilotlight.template.evaluation import choices, lookups, references, texts
from pilotlight.template.evaluation.expansion import FUNCTION
from pilotlight.template.evaluation.stack import Stack
from pilotlight.template.evaluation.symbol import ABSENT, Symbol, Value

Function = Callable[["Evaluator", Stack, Any], Value]

FUNCTIONS: Final[Mapping[str, Function]] = {
    "Condition": choices.named_condition,
    "Fn::And": choices.both,
    "Fn::Base64": texts.encoded,
    "Fn::Equals": choices.equal,
    "Fn::FindInMap": lookups.found_in_map,
    "Fn::GetAtt": references.attribute,
    "Fn::GetStackOutput": references.stack_output,
    "Fn::If": choices.chosen,
    "Fn::ImportValue": references.imported,
    "Fn::Join": texts.joined_list,
    "Fn::Not": choices.opposite,
    "Fn::Or": choices.either,
    "Fn::Select": lookups.selected,
    "Fn::Split": texts.split,
    "Fn::Sub": texts.substituted,
    "Fn::Transform": lookups.unknown_transform,
    "Ref": references.referred,
}
"""Every function that is worked out; another one leaves a symbol."""


class Evaluator:
    """Knows all stacks, so that one may refer to another's outputs.

    Nothing here raises: what cannot be worked out becomes a `Symbol` that says why.
    """

    def __init__(self, stacks: Mapping[str, Stack]) -> None:
        self.stacks = stacks
        self._known: dict[tuple[str, str, str], Value] = {}
        self._busy: set[tuple[str, str, str]] = set()

    def value(self, stack: Stack, written: Any) -> Value:
        """Work out what a piece of a template says."""
        if isinstance(written, Mapping):
            return self._of_mapping(stack, written)
        if isinstance(written, list | tuple):
            worked_out = (self.value(stack, each) for each in written)
            return [each for each in worked_out if each is not ABSENT]
        return written

    def once(self, stack: Stack, section: str, name: str, work_out: Callable[[], Value]) -> Value:
        """Work something out at most once, and not while it is being worked out."""
        place = (stack.name, section, name)
        if place in self._known:
            return self._known[place]
        if place in self._busy:
            return Symbol(f"${{{name}}}", "refers to itself")
        self._busy.add(place)
        try:
            self._known[place] = work_out()
        finally:
            self._busy.discard(place)
        return self._known[place]

    def _of_mapping(self, stack: Stack, written: Mapping[str, Any]) -> Value:
        if len(written) == 1:
            (name,) = written
            if name in FUNCTIONS and not (name == "Condition" and not isinstance(written[name], str)):
                return FUNCTIONS[name](self, stack, written[name])
            if isinstance(name, str) and name.startswith(FUNCTION):
                return _not_worked_out(name)
        worked_out = {str(key): self._entry(stack, str(key), each) for key, each in written.items()}
        return {key: each for key, each in worked_out.items() if each is not ABSENT}

    def _entry(self, stack: Stack, key: str, written: Any) -> Value:
        """Work out a value beside others, where a function makes further entries, and no value."""
        return _not_worked_out(key) if key.startswith(FUNCTION) else self.value(stack, written)


def _not_worked_out(function: str) -> Symbol:
    return Symbol(f"${{{function}}}", f"{function} is not worked out here")
