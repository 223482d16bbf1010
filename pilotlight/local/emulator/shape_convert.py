"""Turns the values of a template into those an API takes: CloudFormation accepts "2" where an API wants 2."""

from __future__ import annotations

from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

_BOOLEANS = {"true": True, "false": False}


def converted(shape: Shape, value: Any) -> Any:
    """`value` with every text turned into the number or boolean that `shape` asks for, where it is one."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        members = shape.members
        return {key: converted(members[key], each) if key in members else each for key, each in value.items()}
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [converted(shape.member, each) for each in value]
    if isinstance(shape, MapShape) and isinstance(value, dict):
        return {key: converted(shape.value, each) for key, each in value.items()}
    if isinstance(value, str):
        return _converted_text(shape.type_name, value)
    if shape.type_name == "string" and isinstance(value, int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return value


def _converted_text(type_name: str, text: str) -> Any:
    if type_name == "boolean":
        return _BOOLEANS.get(text.lower(), text)
    try:
        if type_name in {"integer", "long"}:
            return int(text)
        if type_name in {"float", "double"}:
            return float(text)
    except ValueError:
        return text
    return text
