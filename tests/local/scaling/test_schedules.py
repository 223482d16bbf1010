"""Scheduled actions run when SageMaker's calendar, which the time scale speeds up, reaches them."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.local.emulator.api_error import ApiError, ValidationError
from pilotlight.local.scaling.schedules import Schedules

from .conftest import STARTED

MINUTES_IN_A_SECOND = 1
"""Of SageMaker time at the time scale of these tests, 60."""


@pytest.fixture
def awake(scaling: Any) -> Any:
    """A target of 1 to 4 instances with one."""
    scaling("RegisterScalableTarget", MinCapacity=1, MaxCapacity=4)
    return scaling


def put(scaling: Any, schedule: str, *, name: str = "day", **given: Any) -> None:
    """Put an action; capital members are those of the request, the others bounds."""
    bounds = {"MinCapacity": given.pop("low", None), "MaxCapacity": given.pop("high", None)}
    said = {key: value for key, value in bounds.items() if value is not None}
    scaling(
        "PutScheduledAction",
        ScheduledActionName=name,
        Schedule=schedule,
        ScalableTargetAction=said,
        **given,
    )


def minutes_pass(scaling: Any, minutes: float) -> None:
    """Turn the clock and let schedules look."""
    scaling.wall.seconds += minutes / MINUTES_IN_A_SECOND
    passed = scaling.targets.calendar() - STARTED
    assert passed.total_seconds() == pytest.approx(60 * scaling.wall.seconds)
    Schedules(scaling.targets).round()


def bounds_of(scaling: Any) -> tuple[int, int]:
    """The bounds of the target now."""
    (target,) = scaling.operations["DescribeScalableTargets"]({"ServiceNamespace": "sagemaker"})[
        "ScalableTargets"
    ]
    return target["MinCapacity"], target["MaxCapacity"]


def test_an_action_sets_the_bounds_and_brings_the_capacity_inside(awake: Any) -> None:
    """Not before its time; the activity says what set it off."""
    put(awake, "cron(30 12 * * ? *)", low=2, high=6)
    minutes_pass(awake, 29.9)
    before = bounds_of(awake), awake.variants.desired
    minutes_pass(awake, 0.2)

    assert (((1, 4), 1), ((2, 6), 2)) == (before, (bounds_of(awake), awake.variants.desired))
    assert "scheduled action day ran" == awake.activities()[0]["Cause"]


def test_an_action_scales_in_to_its_maximum(awake: Any) -> None:
    """What it leaves out stays as it is."""
    awake.variants.current = awake.variants.desired = 4
    put(awake, "rate(1 minute)", high=2)
    minutes_pass(awake, 1.1)

    assert ((1, 2), 2) == (bounds_of(awake), awake.variants.desired)


def test_a_time_zone_is_the_actions_own(awake: Any) -> None:
    """13:30 in Berlin is 12:30 UTC in winter."""
    put(awake, "cron(30 13 * * ? *)", low=3, Timezone="Europe/Berlin")
    minutes_pass(awake, 31)

    assert 3 == awake.variants.desired


def test_several_actions_run_in_their_order(awake: Any) -> None:
    """The clock may jump over many moments: the last one wins."""
    put(awake, "cron(10,30 12 * * ? *)", name="day", low=3, high=4)
    put(awake, "cron(20 12 * * ? *)", name="night", low=1, high=2)
    minutes_pass(awake, 25)
    night = bounds_of(awake)
    minutes_pass(awake, 10)

    assert ((1, 2), (3, 4)) == (night, bounds_of(awake))


def test_a_moment_comes_once(awake: Any) -> None:
    """Somebody else may change the bounds afterwards."""
    put(awake, "at(2027-01-01T12:05:00)", low=2)
    minutes_pass(awake, 6)
    awake("RegisterScalableTarget", MinCapacity=1)
    minutes_pass(awake, 60)

    assert (1, 4) == bounds_of(awake)


def test_suspended_schedules_do_not_run(awake: Any) -> None:
    """And do not catch up."""
    put(awake, "at(2027-01-01T12:05:00)", low=2)
    awake("RegisterScalableTarget", SuspendedState={"ScheduledScalingSuspended": True})
    minutes_pass(awake, 6)
    awake("RegisterScalableTarget", SuspendedState={"ScheduledScalingSuspended": False})
    minutes_pass(awake, 6)

    assert (1, 4) == bounds_of(awake)


def test_an_action_without_room_changes_nothing(awake: Any) -> None:
    """Its minimum is above the maximum of the target."""
    put(awake, "rate(1 minute)", low=9)
    minutes_pass(awake, 2)

    assert (1, 4) == bounds_of(awake)


def test_an_action_of_a_variant_that_is_gone_does_nothing(awake: Any) -> None:
    """There is nothing to scale."""
    put(awake, "rate(1 minute)", low=2)
    awake.variants.exists = False
    minutes_pass(awake, 2)

    assert [] == awake.activities()


def test_an_action_is_described_as_it_was_put(awake: Any) -> None:
    """Putting it again changes what is said, and forgets start and end (botocore)."""
    put(awake, "rate(1 hour)", low=2, Timezone="Asia/Tokyo", StartTime=1800000000, EndTime=1900000000.0)
    (first,) = awake("DescribeScheduledActions")["ScheduledActions"]
    awake("PutScheduledAction", ScheduledActionName="day", ScalableTargetAction={"MaxCapacity": 3})
    (second,) = awake("DescribeScheduledActions", ScheduledActionNames=["day"])["ScheduledActions"]

    assert "2027-01-15T08:00:00+00:00" == first["StartTime"].isoformat()
    assert {"MinCapacity": 2} == first["ScalableTargetAction"]
    assert {"StartTime", "EndTime"} == set(first) - set(second)
    assert ("rate(1 hour)", {"MaxCapacity": 3}) == (second["Schedule"], second["ScalableTargetAction"])
    assert first["ScheduledActionARN"] == second["ScheduledActionARN"]


def test_a_deleted_action_is_gone(awake: Any) -> None:
    """Deleting it once more is a fault."""
    put(awake, "rate(1 hour)", low=2)
    awake("DeleteScheduledAction", ScheduledActionName="day")

    assert [] == awake("DescribeScheduledActions")["ScheduledActions"]
    with pytest.raises(ApiError, match="No scheduled action found with name day"):
        awake("DeleteScheduledAction", ScheduledActionName="day")


def test_fails_with_one_action_too_many(awake: Any) -> None:
    """A target has 200 (Application Auto Scaling User Guide)."""
    for number in range(200):
        put(awake, "rate(1 hour)", name=f"a{number}", low=2)

    with pytest.raises(ApiError, match="at most"):
        put(awake, "rate(1 hour)", name="one-more", low=2)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"schedule": "cron(61 8 * * ? *)", "low": 1}, "minutes 0-59, got 61"),
        ({"schedule": "rate(1 hour)"}, "MinCapacity or MaxCapacity"),
        ({"schedule": "rate(1 hour)", "low": 3, "high": 2}, "must not be above"),
        ({"schedule": "rate(1 hour)", "low": 1, "Timezone": "Europe/Atlantis"}, "got Europe/Atlantis"),
    ],
)
def test_fails_with_what_is_wrong(awake: Any, given: dict[str, Any], says: str) -> None:
    """Nothing is put."""
    with pytest.raises(ValidationError, match=says):
        put(awake, **given)

    assert [] == awake("DescribeScheduledActions")["ScheduledActions"]


def test_fails_without_a_schedule(awake: Any) -> None:
    """A new action needs one."""
    with pytest.raises(ValidationError, match="Schedule is required"):
        awake("PutScheduledAction", ScheduledActionName="day", ScalableTargetAction={"MinCapacity": 1})
