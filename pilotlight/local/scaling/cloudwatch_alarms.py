"""The alarms of a region as CloudWatch keeps them, and the metrics of all services but SageMaker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pilotlight.hosting.alarm import AlarmState, evaluation_range
from pilotlight.hosting.metric import Statistic
from pilotlight.hosting.micros import SECOND, Micros
from pilotlight.hosting.percentile import Percentile
from pilotlight.local.aws import Aws
from pilotlight.local.scaling.alarm_definition import AlarmDefinition


class CloudWatchAlarms:
    """Reads alarms and metrics, and moves alarms to another state, by CloudWatch's own API."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws

    def descriptions(self) -> list[dict[str, Any]]:
        """Every metric alarm as `DescribeAlarms` shows it."""
        pages = self._aws.client("cloudwatch").get_paginator("describe_alarms").paginate()
        return [alarm for page in pages for alarm in page["MetricAlarms"]]

    def set_state(self, name: str, state: AlarmState, reason: str) -> None:
        """Move an alarm to another state: history, notifications and composite alarms follow."""
        self._aws.client("cloudwatch").set_alarm_state(
            AlarmName=name, StateValue=str(state), StateReason=reason
        )

    def datapoints(self, definition: AlarmDefinition, now: Micros) -> tuple[float | None, ...]:
        """The evaluation range of an alarm on the wall clock, oldest first; None where there is no data.

        `now` counts from 1970. A definition without dimensions sees all sets of dimensions together.
        """
        alarm = definition.alarm
        period = alarm.period // SECOND
        end = now // alarm.period * period
        start = end - period * evaluation_range(alarm)
        answer = self._aws.client("cloudwatch").get_metric_statistics(
            Namespace=definition.namespace,
            MetricName=definition.metric,
            Dimensions=[{"Name": name, "Value": value} for name, value in definition.dimensions.items()],
            StartTime=datetime.fromtimestamp(start, UTC),
            EndTime=datetime.fromtimestamp(end, UTC),
            Period=period,
            **_asked(alarm.statistic),
        )
        found = {
            int(each["Timestamp"].timestamp()): _read(each, alarm.statistic) for each in answer["Datapoints"]
        }
        return tuple(found.get(at) for at in range(start, end, period))


def _asked(statistic: Statistic | Percentile) -> dict[str, list[str]]:
    member = "ExtendedStatistics" if isinstance(statistic, Percentile) else "Statistics"
    return {member: [str(statistic)]}


def _read(datapoint: Mapping[str, Any], statistic: Statistic | Percentile) -> float:
    values = datapoint["ExtendedStatistics"] if isinstance(statistic, Percentile) else datapoint
    return float(values[str(statistic)])
