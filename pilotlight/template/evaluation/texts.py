"""Works out the functions that make texts."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from pilotlight.template.evaluation import references
from pilotlight.template.evaluation.stack import Stack
from pilotlight.template.evaluation.symbol import Symbol, Value, joined

if TYPE_CHECKING:
    from pilotlight.template.evaluation.evaluator import Evaluator

PLACEHOLDER: Final = re.compile(r"\$\{(!?)([^}]*)\}")
"""`${Name}`, `${Name.Attribute}`, or `${!Literal}`."""

PAIR: Final = 2


def joined_list(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::Join`."""
    if not isinstance(written, list) or len(written) != PAIR:
        return Symbol("${Fn::Join}", "joins nothing")
    separator, items = evaluator.value(stack, written[0]), evaluator.value(stack, written[1])
    if not isinstance(separator, str) or not isinstance(items, list):
        return Symbol("${Fn::Join}", "joins what is not known yet")
    return joined(_between(separator, items))


def substituted(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::Sub`, with or without variables of its own."""
    text, own = written, {}
    if isinstance(written, list) and len(written) == PAIR and isinstance(written[1], dict):
        text, own = written
    if not isinstance(text, str):
        return Symbol("${Fn::Sub}", "substitutes in nothing")
    return joined(_pieces(evaluator, stack, text, own))


def split(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::Split`."""
    if not isinstance(written, list) or len(written) != PAIR:
        return Symbol("${Fn::Split}", "splits nothing")
    separator, text = evaluator.value(stack, written[0]), evaluator.value(stack, written[1])
    if not isinstance(separator, str) or not separator or not isinstance(text, str):
        return Symbol("${Fn::Split}", "splits what is not known yet")
    return text.split(separator)


def encoded(evaluator: Evaluator, stack: Stack, written: Any) -> Value:
    """`Fn::Base64`."""
    text = evaluator.value(stack, written)
    if not isinstance(text, str):
        return Symbol("${Fn::Base64}", "encodes what is not known yet")
    return base64.b64encode(text.encode("utf-8", "replace")).decode()


def _between(separator: str, items: list[Value]) -> Iterator[Value]:
    for position, item in enumerate(items):
        if position:
            yield separator
        yield item


def _pieces(evaluator: Evaluator, stack: Stack, text: str, own: dict[str, Any]) -> Iterator[Value]:
    end = 0
    for found in PLACEHOLDER.finditer(text):
        yield text[end : found.start()]
        end = found.end()
        name = found[2].strip()
        if found[1]:
            yield f"${{{name}}}"
        elif name in own:
            yield evaluator.value(stack, own[name])
        elif "." in name:
            yield references.attribute(evaluator, stack, name)
        else:
            yield references.referred(evaluator, stack, name)
    yield text[end:]
