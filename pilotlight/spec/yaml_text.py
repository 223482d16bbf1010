"""Turns the text of a YAML file into nodes, and refuses what no fleet file needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import yaml

from pilotlight.spec.refusal import FleetRefused, Refusal
from pilotlight.spec.text_file import text_of

MOST_BYTES: Final = 200_000
"""Some thousand endpoints; PyYAML needs a few seconds for them."""
SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""Half of a character outside of the first 65,536, as YAML can escape it; it is no text by itself."""

MOST_DEPTH: Final = 40
"""Deeper nesting only occurs in files that are made to harm."""


def read_node(path: Path, holds: str = "a fleet") -> yaml.Node:
    """Read the one YAML document of a file that holds a fleet, or what `holds` says. Raises FleetRefused."""
    text = text_of(path, MOST_BYTES)
    try:
        faults = tuple(faults_of_events(text))
        root = None if faults else yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise FleetRefused((replace(of_yaml(error, text), file=str(path)),)) from None
    if faults:
        raise FleetRefused(tuple(replace(fault, file=str(path)) for fault in faults))
    if root is None:
        raise FleetRefused((Refusal(str(path), 1, "", "the file is empty", "nothing", holds),))
    return root


def faults_of_events(text: str, most_depth: int = MOST_DEPTH) -> Iterator[Refusal]:
    """Look at the stream of events, which cannot blow up as the tree of nodes can."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = 1 if event.start_mark is None else event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            yield Refusal("", line, "", "an alias", f"*{event.anchor}", "the value itself, written out")
        elif isinstance(event, yaml.ScalarEvent) and SURROGATE.search(event.value):
            hint = "write it as it is, not with \\u"
            yield Refusal("", line, "", "half a character", r"\ud800 or the like", "whole characters", hint)
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                yield Refusal("", line, "", "a second document", "---", "one document")
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > most_depth:
                yield Refusal("", line, "", "nested too deeply", f"{depth} levels", f"{most_depth} levels")
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def of_yaml(error: yaml.YAMLError, text: str) -> Refusal:
    """Say what the parser found wrong; the file is still to be filled in."""
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        problem = (error.problem or error.context or "not YAML").lower()
        hint = "indent with spaces, not with tabs" if "'\\t'" in problem else ""
        return Refusal("", None if mark is None else mark.line + 1, "", problem, hint=hint)
    position = getattr(error, "position", 0)
    line = text.count("\n", 0, position) + 1
    return Refusal("", line, "", "not text", "a control character", "printable text")
