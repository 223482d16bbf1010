"""Tests wait as long as it takes, and say what they waited for in vain."""

from __future__ import annotations

import pytest

from tests import waiting
from tests.waiting import wait_until


def test_what_is_wanted_is_returned() -> None:
    """Nothing yet, something else, then what is waited for; nobody looks again after that."""
    seen = iter([None, 1, 2, 3])

    assert 2 == wait_until("a two", lambda: next(seen), wanted=lambda each: each == 2, pause_s=0.0)
    assert 3 == next(seen)


def test_anything_true_will_do() -> None:
    """Unless the test says what is wanted."""
    seen = iter(["", "an answer"])

    assert "an answer" == wait_until("an answer", lambda: next(seen), pause_s=0.0)


def test_fails_with_what_was_seen_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """After what was waited for, and how long."""
    monkeypatch.setattr(waiting, "PATIENCE_S", 0.0)

    with pytest.raises(AssertionError, match=r"^did not happen within 0 s: a three; seen last: 2$"):
        wait_until("a three", lambda: 2, wanted=lambda each: each == 3, pause_s=0.0)
