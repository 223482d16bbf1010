"""How a story goes on when a step fails, and how it ends when somebody interrupts it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from pilotlight.local.story.step import Step, StepFailed, Told
from pilotlight.local.story.telling import tell

SCENE = cast("Any", None)
"""The steps below look at nothing."""


@dataclass
class Heard:
    """What a narrator is told."""

    words: list[str] = field(default_factory=list)

    def begins(self, step: Step) -> None:
        """A step begins."""
        self.words.append(f"{step.name} begins")

    def ended(self, told: Told) -> None:
        """A step has ended."""
        self.words.append(f"{told.name} {told.status}: {told.saw}")

    def interrupted(self) -> None:
        """Somebody interrupts it."""
        self.words.append("interrupted")


def _step(name: str, error: BaseException | None = None, *, always: bool = False) -> Step:
    def do(_: Any) -> str:
        if error is not None:
            raise error
        return "it"

    return Step(name, do, always)


def test_after_a_failure_only_what_always_runs_is_done() -> None:
    """The others are told as skipped; an error of others is told with its kind."""
    failing = (_step("b", ValueError("of b")), _step("c"), _step("d", StepFailed("of d"), always=True))
    heard, kept = Heard(), list[str]()

    tell(SCENE, (_step("a"), *failing), heard, keep=lambda told: kept.append("".join(e.name for e in told)))

    assert [
        "a begins",
        "a ok: it",
        "b begins",
        "b failed: ValueError: of b",
        "c skipped: an earlier step failed",
        "d begins",
        "d failed: of d",
    ] == heard.words
    assert ["a", "ab", "abc", "abcd"] == kept


def test_an_interrupted_story_says_so_and_ends() -> None:
    """Whoever pressed Ctrl-C waits for no further step."""
    heard = Heard()

    with pytest.raises(KeyboardInterrupt):
        tell(SCENE, [_step("a", KeyboardInterrupt()), _step("b", always=True)], heard)

    assert ["a begins", "interrupted"] == heard.words
