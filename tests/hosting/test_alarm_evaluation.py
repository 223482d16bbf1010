"""When datapoints mean ALARM: AWS's own tables, and the definition of M out of N."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.alarm import (
    Alarm,
    AlarmState,
    Comparison,
    MissingData,
    evaluate,
    evaluation_interval,
    evaluation_range,
)
from pilotlight.hosting.micros import MINUTE, SECOND

OK, ALARM, INSUFFICIENT = AlarmState.OK, AlarmState.ALARM, AlarmState.INSUFFICIENT_DATA
RETAINED = None
MARKS = {"X": 1.0, "0": 0.0, "-": None}
THREE_OF_THREE = Alarm(MINUTE, 3, 1.0, Comparison.GREATER_THAN_OR_EQUAL)
TWO_OF_THREE = replace(THREE_OF_THREE, datapoints_to_alarm=2)
TREATMENTS = (MissingData.MISSING, MissingData.IGNORE, MissingData.BREACHING, MissingData.NOT_BREACHING)

TABLE_OF_THREE_OF_THREE = [
    ("0 - X - X", (OK, OK, OK, OK)),
    ("0 - - - -", (OK, OK, OK, OK)),
    ("- - - - -", (INSUFFICIENT, RETAINED, ALARM, OK)),
    ("0 X X - X", (ALARM, ALARM, ALARM, ALARM)),
    ("- - X - -", (ALARM, RETAINED, ALARM, OK)),
]
TABLE_OF_TWO_OF_THREE = [
    ("0 - X - X", (ALARM, ALARM, ALARM, ALARM)),
    ("0 0 X 0 X", (ALARM, ALARM, ALARM, ALARM)),
    ("0 - X - -", (OK, OK, ALARM, OK)),
    ("- - - - 0", (OK, OK, ALARM, OK)),
    ("- - - X -", (ALARM, RETAINED, ALARM, OK)),
]
ROWS = [
    pytest.param(alarm, row, missing, expected, id=f"{alarm.needed} of 3: {row} as {missing}")
    for alarm, table in ((THREE_OF_THREE, TABLE_OF_THREE_OF_THREE), (TWO_OF_THREE, TABLE_OF_TWO_OF_THREE))
    for row, outcomes in table
    for missing, expected in zip(TREATMENTS, outcomes, strict=True)
]


def _points(row: str) -> tuple[float | None, ...]:
    return tuple(MARKS[mark] for mark in row.split())


@pytest.mark.parametrize(("alarm", "row", "missing", "expected"), ROWS)
def test_every_row_of_awss_tables(
    alarm: Alarm, row: str, missing: MissingData, expected: AlarmState | None
) -> None:
    """CloudWatch User Guide, "How alarm state is evaluated when data is missing", from each state before."""
    for previous in AlarmState:
        actual = evaluate(replace(alarm, missing=missing), _points(row), previous)

        assert (previous if expected is RETAINED else expected) == actual


@pytest.mark.parametrize("row", ["- - - - X", "- - - X -"])
def test_a_young_breach_alone_is_no_alarm(row: str) -> None:
    """CloudWatch User Guide: "the alarm does not go immediately into ALARM state" with 3 needed."""
    assert evaluate(THREE_OF_THREE, _points(row), OK) is OK


@pytest.mark.parametrize("row", ["- - - X 0", "- - X - 0"])
def test_a_breach_followed_by_a_good_value_is_no_alarm(row: str) -> None:
    """CloudWatch User Guide: "false positives are avoided when the next data point is non-breaching"."""
    assert evaluate(THREE_OF_THREE, _points(row), OK) is OK


def test_awss_graph_of_three_periods() -> None:
    """CloudWatch User Guide, figure: threshold 3, above in periods 3 to 5 and in 9; ALARM in 5 alone."""
    values = [2.0, 2.5, 4.0, 5.0, 4.5, 2.0, 1.0, 2.0, 4.0, 2.0]
    alarm = Alarm(MINUTE, 3, 3.0, Comparison.GREATER_THAN)
    states = [evaluate(alarm, values[max(0, end - 5) : end], OK) for end in range(3, 11)]

    assert [OK, OK, ALARM, OK, OK, OK, OK, OK] == states


@given(
    values=st.lists(st.integers(0, 4), min_size=12, max_size=12),
    n=st.integers(1, 10),
    data=st.data(),
    comparison=st.sampled_from(list(Comparison)),
)
def test_with_all_data_it_is_m_of_the_last_n(
    values: list[int], n: int, data: st.DataObject, comparison: Comparison
) -> None:
    """Without gaps the state is the plain count of breaching values among the last N."""
    m = data.draw(st.integers(1, n))
    breach = {
        Comparison.GREATER_THAN: lambda value: value > 2,
        Comparison.GREATER_THAN_OR_EQUAL: lambda value: value >= 2,
        Comparison.LESS_THAN: lambda value: value < 2,
        Comparison.LESS_THAN_OR_EQUAL: lambda value: value <= 2,
    }[comparison]
    alarm = Alarm(MINUTE, n, 2.0, comparison, datapoints_to_alarm=m)

    expected = ALARM if sum(map(breach, values[-n:])) >= m else OK
    assert expected == evaluate(alarm, [float(value) for value in values], OK)


@given(
    row=st.lists(st.sampled_from("X0-"), min_size=5, max_size=5),
    m=st.integers(1, 3),
    missing=st.sampled_from(list(MissingData)),
    previous=st.sampled_from(list(AlarmState)),
)
def test_gaps_do_not_matter_when_there_is_enough_data(
    row: list[str], m: int, missing: MissingData, previous: AlarmState
) -> None:
    """With N real datapoints the treatment "is not needed and is ignored"; with fewer it fills the gaps."""
    real = [MARKS[mark] for mark in row if mark != "-"]
    alarm = replace(THREE_OF_THREE, datapoints_to_alarm=m, missing=missing)
    actual = evaluate(alarm, _points(" ".join(row)), previous)

    if len(real) >= 3:
        assert evaluate(alarm, [0.0, 0.0, *real[-3:]], OK) == actual
    if missing in {MissingData.BREACHING, MissingData.NOT_BREACHING} and len(real) < 3:
        fill = 1.0 if missing is MissingData.BREACHING else 0.0
        filled = [*real, *[fill] * (3 - len(real))]
        assert (ALARM if sum(map(bool, filled)) >= m else OK) == actual


@pytest.mark.parametrize(
    ("row", "m", "expected"), [("- X - X -", 2, ALARM), ("- X 0 - -", 1, ALARM), ("- X 0 - -", 2, OK)]
)
@pytest.mark.parametrize("missing", [MissingData.MISSING, MissingData.IGNORE, MissingData.NOT_BREACHING])
def test_enough_real_breaches_are_an_alarm_without_filling(
    row: str, m: int, expected: AlarmState, missing: MissingData
) -> None:
    """ "All real data points in the evaluation range are included": M real breaches suffice."""
    alarm = replace(THREE_OF_THREE, datapoints_to_alarm=m, missing=missing)

    assert expected == evaluate(alarm, _points(row), INSUFFICIENT)


def test_alarms_are_evaluated_every_minute_or_every_ten_seconds() -> None:
    """CloudWatch User Guide: every minute for periods of a minute or longer, every 10 seconds below."""
    assert MINUTE == evaluation_interval(THREE_OF_THREE)
    assert MINUTE == evaluation_interval(replace(THREE_OF_THREE, period=5 * MINUTE))
    assert 10 * SECOND == evaluation_interval(replace(THREE_OF_THREE, period=30 * SECOND))


def test_the_evaluation_range_is_longer_than_the_evaluation_periods() -> None:
    """AWS's example retrieves 5 datapoints for 3 evaluation periods."""
    assert 5 == evaluation_range(THREE_OF_THREE)


def test_fails_with_all_faults_when_the_numbers_do_not_fit() -> None:
    """An alarm that could never be evaluated is refused, all faults at once."""
    with pytest.raises(
        ValueError, match=r"period, got 0.*evaluation periods, got 0.*datapoints to alarm, got 2"
    ):
        Alarm(0, 0, 1.0, Comparison.LESS_THAN, datapoints_to_alarm=2)
    with pytest.raises(ValueError, match=r"datapoints to alarm, got 0"):
        replace(THREE_OF_THREE, datapoints_to_alarm=0)
