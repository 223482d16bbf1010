"""What a story is made of: steps that look at what happened and say what they saw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from .scene import Scene


class StepFailed(Exception):  # noqa: N818 - it reads as what it says
    """What a step looked for did not happen; the message says what was seen instead."""


class Status(StrEnum):
    """How a step ended."""

    OK = "ok"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the story.

    Attributes:
        name: a few words, as in `story.json`.
        tell: does the step, returns what it saw in one sentence, raises `StepFailed` otherwise.
        always: runs even after a step has failed. Default: such a step is skipped.
    """

    name: str
    tell: Callable[[Scene], str]
    always: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """How a step went. `seconds` are wall time; `saw` is the evidence, or why it failed."""

    name: str
    status: Status
    seconds: float
    saw: str
