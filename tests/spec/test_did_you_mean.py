"""Did you mean: a guess when there is a good one, and none otherwise."""

from __future__ import annotations

import pytest

from pilotlight.spec.did_you_mean import did_you_mean, listed


@pytest.mark.parametrize(
    ("word", "guess"),
    [
        ("instanceCount", "did you mean initial_instance_count?"),
        ("max-capacity", "did you mean max_capacity?"),
        ("MAX_CAPACITY", "did you mean max_capacity?"),
        ("colour", ""),
        ("", ""),
    ],
)
def test_the_closest_word_is_guessed(word: str, guess: str) -> None:
    """Case and dashes do not count; what is far from everything is no slip."""
    assert guess == did_you_mean(word, ["initial_instance_count", "max_capacity"])


def test_nothing_to_choose_from_gives_no_guess() -> None:
    """An empty list is no reason to fail."""
    assert "" == did_you_mean("word", [])


def test_a_long_list_still_fits_on_a_line() -> None:
    """The first dozen, and how many more there are."""
    assert "0, 1" == listed(["0", "1"])
    assert listed([str(number) for number in range(20)]).endswith("10, 11 and 8 more")
