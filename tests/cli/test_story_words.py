"""What `pilotlight local story` prints: a line for each step, whole, and at its end where to read on."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from pilotlight.cli.story import ConsoleNarrator, close
from pilotlight.local.story.step import Status, Step, Told

HOME = Path("/somewhere/[bold]", *["far"] * 30)
FINE = Told("a batch is submitted and waits", Status.OK, 1.25, "5 requests accepted, [0] instances")
FAILED = Told("answers appear and are right", Status.FAILED, 3.0, "did not happen within 30 s: an answer")
SKIPPED = Told("asleep again", Status.SKIPPED, 0.0, "an earlier step failed")


def printed(told: Sequence[Told]) -> list[str]:
    """The lines in a pipe."""
    pipe = io.StringIO()
    console = Console(file=pipe)
    narrator = ConsoleNarrator(console)
    for each in told:
        narrator.begins(Step(each.name, lambda _: ""))
        narrator.ended(each)
    close(console, told, HOME)
    return pipe.getvalue().splitlines()


def test_each_step_is_told_with_what_it_saw() -> None:
    """Without colours, and as it is."""
    assert [
        "✔ a batch is submitted and waits (1.2 s)",
        "    5 requests accepted, [0] instances",
        "",
        f"all steps ok: 1 of 1 in 1 s; {HOME}/story.json",
    ] == printed([FINE])


def test_who_interrupts_it_has_his_cursor_back() -> None:
    """And is told why the prompt does not come at once: containers take some seconds to end."""
    terminal = io.StringIO()
    narrator = ConsoleNarrator(Console(file=terminal, force_terminal=True))
    narrator.begins(Step(FINE.name, lambda _: ""))

    narrator.interrupted()

    _, _, shown = terminal.getvalue().rpartition("\x1b[?25h")
    assert "interrupted: ending everything that was started" in shown


def test_a_failure_says_where_to_read_on() -> None:
    """How many steps failed, and where the logs are."""
    assert [
        "✘ answers appear and are right (3.0 s)",
        "    did not happen within 30 s: an answer",
        "· asleep again (0.0 s)",
        "    an earlier step failed",
        "",
        f"failed: 1 of 3 steps, 1 ok, in 4 s; {HOME}/story.json, logs in {HOME}/logs",
    ] == printed([FINE, FAILED, SKIPPED])[2:]
