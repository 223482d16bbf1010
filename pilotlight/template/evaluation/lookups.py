"""Works out the functions that pick something out of a list or a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pilotlight.template.evaluation.stack import Stack
from pilotlight.template.evaluation.symbol import Symbol, Value

if TYPE_CHECKING:
    from pilotlight.template.evaluation.evaluator import Evaluator

PAIR: Final = 2
TRIPLE: Final = 3


def selected(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::Select`: one of a list, counted from 0."""
    if not isinstance(written, list) or len(written) != PAIR:
        return Symbol("${Fn::Select}", "selects nothing")
    position, items = evaluator.value(stack, written[0]), evaluator.value(stack, written[1])
    if isinstance(position, str) and position.isascii() and position.isdigit():
        position = int(position[:9])
    if not isinstance(position, int) or not isinstance(items, list):
        return Symbol("${Fn::Select}", "selects from what is not known yet")
    if not 0 <= position < len(items):
        return Symbol("${Fn::Select}", f"selects number {position} of {len(items)}")
    return items[position]


def found_in_map(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::FindInMap`, also with a default."""
    if not isinstance(written, list) or len(written) < TRIPLE:
        return Symbol("${Fn::FindInMap}", "looks nothing up")
    names = [evaluator.value(stack, each) for each in written[:TRIPLE]]
    found: Any = stack.section("Mappings")
    for name in names:
        known = isinstance(found, dict) and isinstance(name, str | int) and not isinstance(name, bool)
        found = found.get(str(name)) if known else None
    if found is not None:
        return found
    options = written[TRIPLE] if len(written) > TRIPLE else None
    if isinstance(options, dict) and "DefaultValue" in options:
        return evaluator.value(stack, options["DefaultValue"])
    path = ".".join(str(name) for name in names)
    return Symbol("${Fn::FindInMap}", f"the mappings have no {path}")


def unknown_transform(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::Transform`: a macro, which only a deployment runs."""
    del evaluator, stack, written
    return Symbol("${Fn::Transform}", "only the deployment runs its macro")
