"""Alarms are evaluated when they are due, on the clock of their metric, by the rules of hosting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from pilotlight.catalog.metrics import HAS_BACKLOG_WITHOUT_CAPACITY
from pilotlight.hosting.alarm import AlarmState
from pilotlight.hosting.micros import MINUTE, SECOND, Micros
from pilotlight.local.clock import ScaledClock
from pilotlight.local.scaling.alarm_definition import AlarmDefinition, NotEvaluable
from pilotlight.local.scaling.alarm_evaluator import AlarmEvaluator, InAlarm, Moment
from pilotlight.local.scaling.metric_store import MetricStore

DESCRIPTION = {
    "AlarmName": "wake",
    "Namespace": "AWS/SageMaker",
    "MetricName": "HasBacklogWithoutCapacity",
    "Dimensions": [{"Name": "EndpointName", "Value": "e"}],
    "Statistic": "Average",
    "Period": 60,
    "EvaluationPeriods": 1,
    "Threshold": 1.0,
    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
    "TreatMissingData": "missing",
    "StateValue": "INSUFFICIENT_DATA",
    "ActionsEnabled": True,
    "AlarmActions": ["arn:policy"],
}


@dataclass
class Board:
    """CloudWatch in memory."""

    alarms: list[dict[str, Any]]
    reasons: list[str] = field(default_factory=list)
    elsewhere: tuple[float | None, ...] = (None, None, None)
    asked: list[Micros] = field(default_factory=list)

    def descriptions(self) -> list[dict[str, Any]]:
        """The alarms."""
        return self.alarms

    def set_state(self, name: str, state: AlarmState, reason: str) -> None:
        """Change one."""
        next(each for each in self.alarms if each["AlarmName"] == name)["StateValue"] = str(state)
        self.reasons.append(reason)

    def datapoints(self, _definition: AlarmDefinition, now: Micros) -> tuple[float | None, ...]:
        """Metrics of other services."""
        self.asked.append(now)
        return self.elsewhere


@dataclass
class Evaluation:
    """One alarm, its metric, and a clock."""

    board: Board
    metrics: MetricStore
    evaluator: AlarmEvaluator
    wall: Any

    def put(self, at_minute: float, value: float, endpoint: str = "e") -> None:
        """Measure."""
        self.wall.seconds = at_minute
        self.metrics.put(HAS_BACKLOG_WITHOUT_CAPACITY, {"EndpointName": endpoint}, value)

    def round(self, at_minute: float, wall_s: int = 0) -> list[InAlarm]:
        """Look at the alarms."""
        return self.evaluator.round(Moment(int(at_minute * MINUTE), wall_s * SECOND))


@pytest.fixture
def evaluation(wall: Any) -> Any:
    """Make an evaluation of alarms with other properties than DESCRIPTION's."""

    def make(**other: Any) -> Evaluation:
        board = Board([DESCRIPTION | other])
        metrics = MetricStore(ScaledClock(60, monotonic=wall), lambda *_: None)
        return Evaluation(board, metrics, AlarmEvaluator(board, metrics), wall)  # type: ignore[arg-type] # in memory

    return make


def test_fires_on_a_complete_minute(evaluation: Any) -> None:
    """The running minute does not count; CloudWatch shows the state and why."""
    alarm = evaluation()
    alarm.put(0.5, 1)

    early, [fired] = alarm.round(0.8), alarm.round(1.0)

    assert [] == early
    assert ("wake", True) == (fired.definition.name, fired.due)
    assert "ALARM" == alarm.board.alarms[0]["StateValue"]
    assert "[1.0]" in alarm.board.reasons[-1]


def test_looks_again_only_when_the_alarm_is_due(evaluation: Any) -> None:
    """An alarm with a period of a minute is evaluated every minute, not at every look."""
    alarm = evaluation()
    alarm.put(0.5, 1)

    dues = [fired.due for minute in (1.0, 1.2, 1.9, 2.0) for fired in alarm.round(minute)]

    assert [True, False, False, True] == dues


def test_other_endpoints_do_not_fire_it(evaluation: Any) -> None:
    """Dimensions count: the backlog of another endpoint wakes nobody here."""
    alarm = evaluation()
    alarm.put(0.5, 1, endpoint="other")

    assert [] == alarm.round(1.0)


def test_a_wrong_dimension_never_fires(evaluation: Any) -> None:
    """The metric has the dimension EndpointName only; with VariantName added there is no data."""
    wrong = [{"Name": "EndpointName", "Value": "e"}, {"Name": "VariantName", "Value": "AllTraffic"}]
    alarm = evaluation(Dimensions=wrong)
    alarm.put(0.5, 1)

    assert [] == alarm.round(1.0)
    assert "INSUFFICIENT_DATA" == alarm.board.alarms[0]["StateValue"]


@pytest.mark.parametrize(("missing", "state"), [("notBreaching", "OK"), ("breaching", "ALARM")])
def test_missing_data_counts_as_the_alarm_says(evaluation: Any, missing: str, state: str) -> None:
    """TreatMissingData decides when there is nothing to see."""
    alarm = evaluation(TreatMissingData=missing)

    alarm.round(1.0)

    assert state == alarm.board.alarms[0]["StateValue"]


def test_disabled_actions_are_not_run(evaluation: Any) -> None:
    """The alarm still shows its state."""
    alarm = evaluation(ActionsEnabled=False)
    alarm.put(0.5, 1)

    [fired] = alarm.round(1.0)

    assert () == fired.definition.actions


def test_metrics_of_other_services_follow_the_wall_clock(evaluation: Any) -> None:
    """SageMaker's time passes, but the alarm looks only after a minute on the wall."""
    alarm = evaluation(Namespace="AWS/SQS")
    alarm.board.elsewhere = (None, None, 3.0)

    for minute in (1.0, 2.0, 3.0):
        alarm.round(minute, wall_s=60)
    [fired] = alarm.round(4.0, wall_s=120)

    assert [60 * SECOND, 120 * SECOND] == alarm.board.asked
    assert fired.due


def test_a_changed_definition_is_evaluated_at_once(evaluation: Any) -> None:
    """A deployment that changes the threshold does not wait for the next minute."""
    alarm = evaluation(Threshold=5.0)
    alarm.put(0.5, 1)
    before = alarm.round(1.0)

    alarm.board.alarms[0] = alarm.board.alarms[0] | {"Threshold": 1.0}
    after = alarm.round(1.1)

    assert ([], 1) == (before, len(after))


def test_a_state_set_by_hand_is_respected(evaluation: Any) -> None:
    """SetAlarmState holds until the next evaluation."""
    alarm = evaluation()
    alarm.round(1.0)
    alarm.board.alarms[0]["StateValue"] = "ALARM"

    held, over = alarm.round(1.5), alarm.round(2.0)

    assert (1, []) == (len(held), over)


@pytest.mark.parametrize(
    "other",
    [
        {"ExtendedStatistic": "tm90"},
        {"ComparisonOperator": "GreaterThanUpperThreshold"},
        {"MetricName": None, "Metrics": []},
    ],
)
def test_says_which_alarms_it_cannot_evaluate(
    evaluation: Any, other: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """They keep their state, and the log names them once."""
    alarm = evaluation(**other)

    alarm.round(1.0)
    alarm.round(2.0)

    assert 1 == caplog.text.count("alarm wake is never evaluated")
    with pytest.raises(NotEvaluable):
        AlarmDefinition.parse(DESCRIPTION | other)


def test_a_percentile_is_evaluated(evaluation: Any) -> None:
    """One slow request of a hundred does not move p90, and moves p100."""
    metric = HAS_BACKLOG_WITHOUT_CAPACITY
    results = []
    for statistic in ("p90", "p100"):
        alarm = evaluation(ExtendedStatistic=statistic, Statistic=None)
        for value in (*[0.0] * 99, 1.0):
            alarm.metrics.put(metric, {"EndpointName": "e"}, value)
        results.append(len(alarm.round(1.0)))

    assert [0, 1] == results
