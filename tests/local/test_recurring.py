"""Work that is done again and again."""

from __future__ import annotations

from threading import Event

import pytest

from pilotlight.local.recurring import Recurring

PATIENCE_S = 60.0


def test_a_round_that_fails_is_not_the_last(caplog: pytest.LogCaptureFixture) -> None:
    """The log names the work, and the next round comes."""
    rounds: list[int] = []
    enough = Event()

    def work() -> None:
        rounds.append(len(rounds))
        if len(rounds) == 3:
            enough.set()
        raise RuntimeError("not this time")

    recurring = Recurring("counting", work, pause_s=lambda: 0.001)
    recurring.start()
    reached = enough.wait(PATIENCE_S)
    recurring.stop()

    assert reached
    assert "a round of counting failed" in caplog.text


def test_nothing_goes_on_after_it_was_stopped() -> None:
    """Stop waits for the round that is under way."""
    begun, go_on, ended = Event(), Event(), Event()

    def work() -> None:
        begun.set()
        go_on.wait(PATIENCE_S)
        ended.set()

    recurring = Recurring("working", work, pause_s=lambda: 0.0)
    recurring.start()
    begun.wait(PATIENCE_S)
    go_on.set()
    recurring.stop()

    assert ended.is_set()
    assert not recurring._thread.is_alive()


def test_stopping_what_never_started_is_no_fault() -> None:
    """An emulator may end before it has begun."""
    Recurring("idle", lambda: None, pause_s=lambda: 0.0).stop()
