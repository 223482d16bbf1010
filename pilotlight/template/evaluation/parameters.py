"""Works out the parameters of a template: what was given for them, or else their defaults."""

from __future__ import annotations

from typing import Final

from pilotlight.template.evaluation.stack import Stack
from pilotlight.template.evaluation.symbol import Symbol, Value

STORED: Final = "AWS::SSM::Parameter::"
"""Types whose default names a parameter of Systems Manager, and is not the value."""


def parameter(stack: Stack, name: str) -> Value:
    """Give the value of a parameter, or a symbol when nobody gave one."""
    declared = stack.entry("Parameters", name)
    declared = declared if isinstance(declared, dict) else {}
    kind = str(declared.get("Type", "String"))
    value = stack.parameters.get(name)
    if value is None and not kind.startswith(STORED):
        value = declared.get("Default")
    if value is None or isinstance(value, dict):
        why = "is in Systems Manager" if kind.startswith(STORED) else "has no default"
        return Symbol(f"${{{name}}}", f"the parameter {name} {why}")
    if isinstance(value, str) and (kind == "CommaDelimitedList" or kind.startswith("List<")):
        return [each.strip() for each in value.split(",")]
    return value
