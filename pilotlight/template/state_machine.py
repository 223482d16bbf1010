"""Reads a definition in the Amazon States Language, however a template writes it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from pilotlight.catalog import batch_transform as facts
from pilotlight.template.evaluation.symbol import Symbol, Text, Value, joined
from pilotlight.template.part import Part
from pilotlight.template.unread import Notes

DEFINITION: Final = "Definition"
WRITTEN: Final = "DefinitionString"
"""The two properties that may hold a definition: as data, or as a text of JSON."""

PLACEHOLDER: Final = re.compile(r"\$\{([A-Za-z0-9_]+)\}")
"""What CloudFormation fills in out of DefinitionSubstitutions."""

ENDS: Final = (facts.PUBLISH, facts.STOP_JOB)
"""Tasks that a batch transform has beside its job: they change nothing about it."""


def definition_part(machine: Part, notes: Notes) -> Part | None:
    """Give the definition of a state machine with everything filled in; None when it cannot be read.

    Its leftovers are not those of the machine: whoever reads it notes them.
    """
    key = DEFINITION if machine.look(DEFINITION) is not None else WRITTEN
    machine.leave(key)
    written = definition_of(machine)
    if written is None:
        return None
    definition = Part(machine.place.at(key), written, notes)
    definition.leave("Comment", "StartAt")
    definition.only("QueryLanguage", "JSONata", "JSONPath", None)
    _pass_over_ends(definition)
    return definition


def definition_of(machine: Part) -> Mapping[str, Any] | None:
    """Look at the definition of a state machine, with everything filled in; None when there is none."""
    values = machine.look("DefinitionSubstitutions")
    known = dict(values) if isinstance(values, Mapping) else {}
    written = machine.look(DEFINITION)
    if written is None:
        written, symbols = _parsed(machine.look(WRITTEN))
        known |= symbols
    return _filled(written, known) if isinstance(written, Mapping) else None


def _parsed(text: Value) -> tuple[Value, dict[str, Value]]:
    """Read a definition that is written as JSON; what is not known in it becomes a placeholder."""
    parts = text.parts if isinstance(text, Text) else (text,)
    symbols = {f"Unknown{number}": part for number, part in enumerate(parts) if isinstance(part, Symbol)}
    names = {part: name for name, part in symbols.items()}
    try:
        pieces = [f"${{{names[part]}}}" if isinstance(part, Symbol) else str(part) for part in parts]
        return json.loads("".join(pieces)), symbols
    except ValueError:
        return None, {}


def task_of(definition: Value, resource: str) -> str | None:
    """Find the state that has a resource, given without its partition; None when there is none."""
    states = definition.get("States") if isinstance(definition, Mapping) else None
    for name, state in states.items() if isinstance(states, Mapping) else ():
        if isinstance(state, Mapping) and _resource(state).endswith(f":{resource}"):
            return str(name)
    return None


def state_of(definition: Part, name: str) -> Part | None:
    """Read a state."""
    states = definition.part("States")
    return None if states is None else states.part(name)


def next_of(definition: Part, name: Value, resource: str) -> bool:
    """Tell whether a state with this resource follows, itself or after one that stops the job."""
    states = definition.look("States")
    state = states.get(name) if isinstance(states, Mapping) and isinstance(name, str) else None
    if not isinstance(state, Mapping):
        return False
    found = _resource(state)
    if found.endswith(facts.STOP_JOB):
        return next_of(definition, state.get("Next"), resource)
    return found.endswith(f":{resource}")


def _pass_over_ends(definition: Part) -> None:
    states = definition.part("States")
    for name in () if states is None else states.keys():
        state = None if states is None else states.part(name)
        if state is None:
            continue
        ends = str(state.look("Resource")).endswith(ENDS)
        if state.look("Type") == "Fail" or ends:
            state.leave(*state.keys())


def _resource(state: Mapping[str, Any]) -> str:
    return str(state.get("Resource", ""))


def _filled(written: Value, known: Mapping[str, Value]) -> Value:
    if isinstance(written, Mapping):
        return {key: _filled(value, known) for key, value in written.items()}
    if isinstance(written, list):
        return [_filled(each, known) for each in written]
    if not isinstance(written, str) or "${" not in written:
        return written
    pieces = PLACEHOLDER.split(written)
    return joined(
        piece if position % 2 == 0 else known.get(piece, f"${{{piece}}}")
        for position, piece in enumerate(pieces)
    )
