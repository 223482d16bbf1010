"""Turns YAML nodes into located values, collecting what is wrong with their shape."""

from __future__ import annotations

import yaml

from pilotlight.spec.located import FAULTY, Located
from pilotlight.spec.path import Path, dotted
from pilotlight.spec.refusal import Refusal, shown
from pilotlight.spec.scalar import REFERENCE, YAML, Unreadable, read_scalar


def read_document(node: yaml.Node) -> tuple[Located, tuple[Refusal, ...]]:
    """Give what a node says, with the faults of its keys and scalars; their file is still to be filled in."""
    faults: list[Refusal] = []
    return _read(node, _line(node), (), faults), tuple(faults)


def _read(node: yaml.Node, line: int, path: Path, faults: list[Refusal]) -> Located:
    if isinstance(node, yaml.ScalarNode):
        return _read_scalar(node, line, path, faults)
    if node.tag not in {f"{YAML}map", f"{YAML}seq"}:
        faults.append(Refusal("", line, dotted(path), "a tag", shown(node.tag.removeprefix(YAML)), "none"))
        return Located(FAULTY, line)
    if isinstance(node, yaml.MappingNode):
        return _read_mapping(node, line, path, faults)
    items = [_read(item, _line(item), (*path, i), faults) for i, item in enumerate(node.value)]
    return Located(items, line)


def _read_mapping(node: yaml.MappingNode, line: int, path: Path, faults: list[Refusal]) -> Located:
    pieces: dict[str, Located] = {}
    for key_node, value_node in node.value:
        key, at = key_node.value, _line(key_node)
        if key_node.tag != f"{YAML}str":
            faults.append(_not_text(key_node, path))
        elif REFERENCE.search(key) is not None:
            faults.append(Refusal("", at, dotted(path), "a reference as a key", shown(key), "another key"))
        elif key in pieces:
            first = f"it once, and it is on line {pieces[key].line}"
            faults.append(Refusal("", at, dotted((*path, key)), "duplicate key", shown(key), first))
        else:
            pieces[key] = _read(value_node, at, (*path, key), faults)
    return Located(pieces, line)


def _read_scalar(node: yaml.ScalarNode, line: int, path: Path, faults: list[Refusal]) -> Located:
    try:
        value = read_scalar(node)
    except Unreadable as fault:
        got = shown(node.value)
        faults.append(Refusal("", line, dotted(path), fault.what, got, fault.allowed, fault.hint))
        value = FAULTY
    return Located(value, line, _as_written(node))


def _not_text(node: yaml.Node, path: Path) -> Refusal:
    got = shown(node.value) if isinstance(node, yaml.ScalarNode) else "a mapping or a list"
    hint = f'quote it: "{got}"' if isinstance(node, yaml.ScalarNode) and node.value else ""
    meaning = node.tag.removeprefix(YAML)
    what = f"a key that YAML reads as {meaning}"
    return Refusal("", _line(node), dotted((*path, got)), what, got, "text", hint)


def _as_written(node: yaml.ScalarNode) -> str:
    return f'"{node.value}"' if node.style in {"'", '"'} else node.value


def _line(node: yaml.Node) -> int:
    line: int = node.start_mark.line
    return line + 1
