"""Units: durations, sizes and money, written by people and read by machines."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from pilotlight.spec import Duration, Size
from pilotlight.spec.duration import DURATION_PATTERN, format_duration, parse_duration
from pilotlight.spec.money import Money, parse_money


@pytest.mark.parametrize(
    ("text", "seconds"), [("0s", 0), ("600s", 600), ("10m", 600), ("1h", 3600), ("30d", 2_592_000)]
)
def test_a_duration_carries_its_unit(text: str, seconds: int) -> None:
    """Nobody has to know whether a number means seconds or minutes."""
    assert timedelta(seconds=seconds) == parse_duration(text)


@given(st.integers(0, 3650 * 86400))
def test_a_written_duration_reads_back(seconds: int) -> None:
    """The largest whole unit loses nothing."""
    text = format_duration(timedelta(seconds=seconds))

    assert re.fullmatch(DURATION_PATTERN, text)
    assert timedelta(seconds=seconds) == parse_duration(text)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "5",
        "5 s",
        "s",
        "-5s",
        "1.5h",
        "05s",
        "5S",
        "5min",
        "1h30m",
        "5s\n",
        5,
        5.0,
        None,
        True,
    ],
)
def test_fails_when_a_duration_is_unclear(value: object) -> None:
    """A number without a unit, a fraction, a sign: all refused."""
    with pytest.raises(ValidationError, match="not a duration"):
        TypeAdapter(Duration).validate_python(value)


@pytest.mark.parametrize("value", [timedelta(milliseconds=1500), timedelta(seconds=-1)])
def test_fails_when_a_timedelta_is_not_whole_seconds(value: timedelta) -> None:
    """AWS counts in whole seconds, and none of them is negative."""
    with pytest.raises(ValidationError, match="not a duration"):
        TypeAdapter(Duration).validate_python(value)


def test_a_size_carries_its_unit() -> None:
    """GiB in text, the number of them in Python."""
    size = TypeAdapter[int](Size)

    assert 20 == size.validate_python("20GiB") == size.validate_python(20)
    assert "20GiB" == size.dump_python(20, mode="json")


@pytest.mark.parametrize("value", ["20", "20GB", "20 GiB", "0GiB", "1.5GiB", 1.5, True, None])
def test_fails_when_a_size_is_unclear(value: object) -> None:
    """GB and GiB are not the same."""
    with pytest.raises(ValidationError, match="not a size"):
        TypeAdapter(Size).validate_python(value)


@given(st.integers(0, 10**10).map(lambda parts: Decimal(parts) / 10_000))
def test_money_survives_a_float(amount: Decimal) -> None:
    """YAML knows floats only; a hundredth of a cent is still exact on the way back."""
    money = TypeAdapter[Decimal](Money)

    assert (
        amount == parse_money(float(amount)) == money.validate_python(money.dump_python(amount, mode="json"))
    )


@pytest.mark.parametrize("value", ["3651d", "999999999d", timedelta.max - timedelta(microseconds=999_999)])
def test_fails_when_a_duration_is_longer_than_anybody_waits(value: object) -> None:
    """Ten years are enough."""
    with pytest.raises(ValidationError, match="too long"):
        TypeAdapter(Duration).validate_python(value)
