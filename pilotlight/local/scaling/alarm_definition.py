"""An alarm of CloudWatch, read from its description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilotlight.catalog.metrics import INSTANCE_NAMESPACE, INVOCATION_NAMESPACE, STATES_NAMESPACE
from pilotlight.hosting.alarm import Alarm, Comparison, MissingData
from pilotlight.hosting.metric import Statistic
from pilotlight.hosting.micros import SECOND
from pilotlight.hosting.percentile import Percentile

SAGEMAKER_NAMESPACES = frozenset({INVOCATION_NAMESPACE, INSTANCE_NAMESPACE, STATES_NAMESPACE})
"""Alarms on these metrics follow the scaled clock, also those of executions, which last as long as their
transform jobs; all others follow the wall clock."""


class NotEvaluable(ValueError):  # noqa: N818 - it says what the alarm is
    """The alarm uses something that the embedded AWS does not evaluate."""


@dataclass(frozen=True, slots=True)
class AlarmDefinition:
    """One metric alarm: what it watches, when it fires, and what it then does."""

    name: str
    namespace: str
    metric: str
    dimensions: Mapping[str, str]
    alarm: Alarm
    actions: tuple[str, ...]
    """ARNs of `AlarmActions`; none while actions are disabled."""

    @property
    def is_of_sagemaker(self) -> bool:
        """Whether its metric carries SageMaker time."""
        return self.namespace in SAGEMAKER_NAMESPACES

    @classmethod
    def parse(cls, description: Mapping[str, Any]) -> AlarmDefinition:
        """From one entry of `DescribeAlarms`. Raises NotEvaluable with the reason."""
        if not description.get("MetricName"):
            raise NotEvaluable("the embedded AWS evaluates no metric math")
        try:
            alarm = Alarm(
                period=int(description["Period"]) * SECOND,
                evaluation_periods=int(description["EvaluationPeriods"]),
                threshold=float(description["Threshold"]),
                comparison=Comparison(description["ComparisonOperator"]),
                datapoints_to_alarm=description.get("DatapointsToAlarm"),
                missing=MissingData(description.get("TreatMissingData") or "missing"),
                statistic=_statistic(description),
            )
        except ValueError as error:
            raise NotEvaluable(str(error)) from error
        return cls(
            name=description["AlarmName"],
            namespace=description["Namespace"],
            metric=description["MetricName"],
            dimensions={each["Name"]: each["Value"] for each in description.get("Dimensions", ())},
            alarm=alarm,
            actions=tuple(description["AlarmActions"]) if description.get("ActionsEnabled", True) else (),
        )


def _statistic(description: Mapping[str, Any]) -> Statistic | Percentile:
    extended = description.get("ExtendedStatistic")
    return Percentile.parse(extended) if extended else Statistic(description["Statistic"])
