"""Compares the ways of hosting: what each can do, and why it cannot do the rest.

The data are in `data/hosting_options.json`. The page of docs and the refusals of the spec both come from
them, so that what the page denies is refused, and for the reason that the page gives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from pilotlight.catalog.evidence import Evidence, Source

NO: Final = "no: "


@dataclass(frozen=True, slots=True)
class Question:
    """One row of the comparison.

    Attributes:
        topic: the group of rows it belongs to.
        asks: the row's name.
        answers: by kind, what that kind does; begins with `no: ` where it cannot, and then gives the reason.
        declares: keys that ask a kind for it, as dotted paths, with a value; empty for what no key asks for.
        source: where the answers come from.
    """

    topic: str
    asks: str
    answers: Mapping[str, str]
    declares: Mapping[str, Any]
    source: Source

    def reason_against(self, kind: str) -> str | None:
        """Say why a kind cannot do it; None when it can."""
        answer = self.answers[kind]
        return answer.removeprefix(NO) if answer.startswith(NO) else None


@cache
def questions() -> tuple[Question, ...]:
    """Give all rows in the order of the page."""
    return tuple(
        Question(
            topic=topic["topic"],
            asks=row["asks"],
            answers=MappingProxyType(_answers(row["answers"])),
            declares=MappingProxyType(row.get("declares", {})),
            source=Source(Evidence(row["evidence"]), row["source"]),
        )
        for topic in _data()["topics"]
        for row in topic["rows"]
    )


@cache
def constructs() -> Mapping[str, str]:
    """Give the construct of each kind, in the order of the page's columns."""
    return MappingProxyType(_data()["kinds"])


@cache
def not_here(kind: str) -> Mapping[str, str]:
    """Give the keys that other kinds have and this one must not have, each with the reason."""
    against = ((row.declares, row.reason_against(kind)) for row in questions())
    return MappingProxyType(
        {
            path: reason
            for declares, reason in against
            if reason is not None
            for path in declares
            if "." not in path
        }
    )


def why_not(kind: str, path: str) -> str:
    """Say why a kind cannot have what a key asks for, as `scaling.min_capacity`.

    Raises LookupError when it can.
    """
    for row in questions():
        if path in row.declares and (reason := row.reason_against(kind)) is not None:
            return reason
    raise LookupError(f"nothing is said against {path} of {kind}")


def _answers(answers: Mapping[str, str]) -> dict[str, str]:
    """Spell out `otherwise`, the answer of all kinds that have none of their own."""
    return {kind: answers.get(kind) or answers["otherwise"] for kind in _data()["kinds"]}


@cache
def _data() -> Any:
    text = files("pilotlight.catalog").joinpath("data/hosting_options.json").read_text(encoding="utf-8")
    return json.loads(text)
