"""Alarms in ALARM change capacity, through the policies that they name and through nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.hosting.alarm import Alarm, Comparison
from pilotlight.hosting.micros import MINUTE
from pilotlight.local.scaling.alarm_definition import AlarmDefinition
from pilotlight.local.scaling.alarm_evaluator import InAlarm

WAKE = Alarm(MINUTE, 1, threshold=1, comparison=Comparison.GREATER_THAN_OR_EQUAL)


@pytest.fixture
def asleep(scaling: Any) -> Any:
    """A target of 0 to 2 instances with none."""
    scaling.variants.current = scaling.variants.desired = 0
    scaling("RegisterScalableTarget", MinCapacity=0, MaxCapacity=2)
    return scaling


def _fire(scaling: Any, *actions: str, due: bool = True) -> None:
    definition = AlarmDefinition(
        "WakeAlarm", "AWS/SageMaker", "HasBacklogWithoutCapacity", {"EndpointName": "e"}, WAKE, actions
    )
    scaling.targets.alarms_fired([InAlarm(definition, (None, None, 1.0), due)])


def test_an_alarm_wakes_its_target(asleep: Any) -> None:
    """The activity names the alarm and the policy, and is in progress until the instance is there."""
    _fire(asleep, asleep.policy())

    [activity] = asleep.activities()
    assert 1 == asleep.variants.desired
    assert "InProgress" == activity["StatusCode"]
    assert "monitor alarm WakeAlarm in state ALARM triggered policy wake" == activity["Cause"]


def test_an_activity_ends_when_the_capacity_is_reached(asleep: Any) -> None:
    """Not when it is wanted, and not while the endpoint still changes."""
    _fire(asleep, asleep.policy())
    asleep.targets.follow()
    before = asleep.activities()[0]["StatusCode"]

    asleep.variants.arrive()
    asleep.targets.follow()

    assert ("InProgress", "Successful") == (before, asleep.activities()[0]["StatusCode"])


def test_the_cooldown_begins_after_the_activity(asleep: Any) -> None:
    """A repeated action changes nothing until it is over, then it adds another instance."""
    wake = asleep.policy(cooldown=60)
    _fire(asleep, wake)
    asleep.variants.arrive()
    asleep.targets.follow()

    _fire(asleep, wake)
    during = asleep.variants.desired
    asleep.wall.seconds += 1.1
    _fire(asleep, wake)

    assert (1, 2) == (during, asleep.variants.desired)


@pytest.mark.parametrize("actions", [(), ("arn:aws:sns:eu-west-1:123456789012:topic",)])
def test_an_alarm_without_the_policy_wakes_nobody(asleep: Any, actions: tuple[str, ...]) -> None:
    """A missing or wrong action is a fault that must show."""
    asleep.policy()

    _fire(asleep, *actions)

    assert 0 == asleep.variants.desired


def test_a_deleted_policy_wakes_nobody(asleep: Any) -> None:
    """The alarm still names it, but it is gone."""
    wake = asleep.policy()
    asleep("DeleteScalingPolicy", PolicyName="wake")

    _fire(asleep, wake)

    assert (0, []) == (asleep.variants.desired, asleep.activities())


def test_an_action_that_is_not_due_waits(asleep: Any) -> None:
    """Actions repeat by the rules of alarms, not at each look."""
    _fire(asleep, asleep.policy(), due=False)

    assert 0 == asleep.variants.desired


def test_a_refused_change_is_a_failed_activity(asleep: Any) -> None:
    """The reason of SageMaker is kept, and the next alarm tries again."""
    wake = asleep.policy()
    asleep.variants.refusal = "Cannot update in-progress endpoint"
    _fire(asleep, wake)
    asleep.variants.refusal = None
    _fire(asleep, wake)

    newest, failed = asleep.activities()
    assert "Failed" == failed["StatusCode"]
    assert "Cannot update in-progress endpoint" in failed["StatusMessage"]
    assert "InProgress" == newest["StatusCode"]


def test_suspended_scaling_out_stays_where_it_is(asleep: Any) -> None:
    """SuspendedState stops policies, not bounds."""
    wake = asleep.policy()
    asleep("RegisterScalableTarget", SuspendedState={"DynamicScalingOutSuspended": True})

    _fire(asleep, wake)
    woken = asleep.variants.desired
    asleep("RegisterScalableTarget", MinCapacity=1)

    assert (0, 1) == (woken, asleep.variants.desired)


def test_another_change_overrides_an_activity(asleep: Any) -> None:
    """Somebody set another count meanwhile: the activity says so."""
    _fire(asleep, asleep.policy())
    asleep.variants.desired = 2

    asleep.targets.follow()

    assert "Overridden" == asleep.activities()[0]["StatusCode"]


def test_an_activity_fails_when_its_endpoint_goes(asleep: Any) -> None:
    """Nothing waits for what is gone."""
    _fire(asleep, asleep.policy())
    asleep.variants.exists = False

    asleep.targets.follow()

    assert "Failed" == asleep.activities()[0]["StatusCode"]
