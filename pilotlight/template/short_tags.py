"""Turns YAML into data, with CloudFormation's short tags in their long form; nothing is constructed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import yaml

from pilotlight.spec.refusal import FleetRefused, Refusal, shown
from pilotlight.spec.yaml_text import faults_of_events, of_yaml

BARE: Final = frozenset({"Condition", "Ref"})
"""Functions without the prefix `Fn::`."""

MOST_DEPTH: Final = 100
"""Deeper nesting only occurs in files that are made to harm."""

_CONSTRUCTOR: Final = yaml.constructor.SafeConstructor()
_SCALARS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "tag:yaml.org,2002:bool": _CONSTRUCTOR.construct_yaml_bool,
    "tag:yaml.org,2002:float": _CONSTRUCTOR.construct_yaml_float,
    "tag:yaml.org,2002:int": _CONSTRUCTOR.construct_yaml_int,
    "tag:yaml.org,2002:null": _CONSTRUCTOR.construct_yaml_null,
}
"""What is more than text; a date as 2010-09-09 is text in a template."""


def yaml_data(text: str, file: Path) -> Any:
    """Read a YAML document. Raises FleetRefused.

    CloudFormation takes no aliases (User Guide, Template formats), so they are refused: nothing else could
    make a small file large.
    """
    try:
        faults = tuple(faults_of_events(text, MOST_DEPTH))
        root = None if faults else yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        faults, root = (of_yaml(error, text),), None
    if root is None:
        faults = faults or (Refusal("", 1, "", "the file is empty", "nothing", "a template"),)
    else:
        faults = tuple(_key_faults(root))
    if faults or root is None:
        raise FleetRefused(tuple(replace(each, file=str(file)) for each in faults))
    return _data(root)


def _key_faults(node: yaml.Node) -> Iterator[Refusal]:
    """Find keys that stand twice in a mapping, or are no text: only one of them would be read."""
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _key_faults(each)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        line, name = key.start_mark.line + 1, _key(key)
        if name is None:
            yield Refusal("", line, "", "a key that is no text", "a mapping or a list", "text")
        elif name in seen:
            yield Refusal("", line, "", "duplicate key", shown(name), "each key once")
        seen.add(name or "")
        yield from _key_faults(value)


def _data(node: yaml.Node) -> Any:
    if node.tag.startswith("!") and len(node.tag) > 1:
        return _long_form(node.tag[1:], node)
    return _plain(node)


def _long_form(tag: str, node: yaml.Node) -> dict[str, Any]:
    name = tag if tag in BARE else f"Fn::{tag}"
    if isinstance(node, yaml.ScalarNode):
        return {name: node.value}
    return {name: _plain(node)}


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _data(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_data(each) for each in node.value]
    try:
        return _SCALARS[node.tag](node) if node.tag in _SCALARS else node.value
    except (ValueError, KeyError, IndexError):  # a tag that does not fit its text, as `!!int x`
        return node.value


def _key(node: yaml.Node) -> str | None:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else None
