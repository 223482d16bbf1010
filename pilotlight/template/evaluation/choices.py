"""Works out conditions, and what depends on them. None of them raises; what is not known stays a symbol."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from pilotlight.template.evaluation.stack import Stack
from pilotlight.template.evaluation.symbol import Symbol, Text, Value

if TYPE_CHECKING:
    from pilotlight.template.evaluation.evaluator import Evaluator

TRIPLE: Final = 3
PAIR: Final = 2


def holds(evaluator: Evaluator, stack: Stack, name: Any) -> bool | None:
    """Tell whether a condition of the template holds; None when only the deployment knows."""
    written = stack.entry("Conditions", name)
    if written is None:
        return None
    return _truth(evaluator.once(stack, "Conditions", name, lambda: evaluator.value(stack, written)))


def named_condition(evaluator: Evaluator, stack: Stack, name: Any) -> Value:
    """`Condition`: another condition, by its name."""
    return _said(holds(evaluator, stack, name))


def chosen(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::If`."""
    if not isinstance(written, list) or len(written) != TRIPLE:
        return Symbol("${Fn::If}", "chooses nothing")
    held = holds(evaluator, stack, written[0])
    if held is None:
        return Symbol("${Fn::If}", f"only the deployment knows the condition {written[0]}")
    return evaluator.value(stack, written[1 if held else 2])


def equal(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::Equals`, as texts."""
    if not isinstance(written, list) or len(written) != PAIR:
        return _said(None)
    pair = [evaluator.value(stack, each) for each in written]
    if any(isinstance(each, Symbol | Text | dict | list) for each in pair):
        return _said(True if pair[0] == pair[1] else None)
    one, two = (str(each).lower() if isinstance(each, bool) else str(each) for each in pair)
    return one == two


def both(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::And`: false as soon as one is."""
    truths = _truths(evaluator, stack, written)
    return False if False in truths else _said(None if None in truths or not truths else True)


def either(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::Or`: true as soon as one is."""
    truths = _truths(evaluator, stack, written)
    return True if True in truths else _said(None if None in truths or not truths else False)


def opposite(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::Not`."""
    (truth, *_) = (*_truths(evaluator, stack, written), None)
    return _said(None if truth is None else not truth)


def _truths(evaluator: Evaluator, stack: Stack, written: Any) -> list[bool | None]:
    items: Iterable[Any] = written if isinstance(written, list) else ()
    return [_truth(evaluator.value(stack, each)) for each in items]


def _truth(value: Value) -> bool | None:
    if isinstance(value, str) and value in ("true", "false"):
        return value == "true"
    return value if isinstance(value, bool) else None


def _said(truth: bool | None) -> Value:
    return Symbol("${Condition}", "only the deployment knows the condition") if truth is None else truth
