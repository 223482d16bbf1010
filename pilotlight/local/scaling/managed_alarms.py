"""The pair of CloudWatch alarms that Application Auto Scaling keeps for a target tracking policy."""

from __future__ import annotations

import uuid
from typing import Any

from pilotlight.hosting.alarm import Alarm
from pilotlight.hosting.micros import SECOND
from pilotlight.hosting.target_tracking import TargetTracking, managed_alarms
from pilotlight.local.aws import Aws
from pilotlight.local.scaling.policy_record import PolicyRecord


class ManagedAlarms:
    """Puts and deletes managed alarms in CloudWatch, where everybody sees them."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self._names: dict[str, tuple[str, str]] = {}

    def put(self, record: PolicyRecord) -> None:
        """Make the alarms of a policy, or bring them up to date. A step policy has none."""
        if not isinstance(record.policy, TargetTracking):
            return
        pair = managed_alarms(record.policy)
        names = self._names.setdefault(record.arn, _names(record.request["ResourceId"]))
        for name, alarm in zip(names, (pair.high, pair.low), strict=True):
            self._aws.client("cloudwatch").put_metric_alarm(**_put_request(name, alarm, record))

    def delete(self, record: PolicyRecord) -> None:
        """Delete the alarms of a policy that is gone."""
        names = self._names.pop(record.arn, ())
        if names:
            self._aws.client("cloudwatch").delete_alarms(AlarmNames=list(names))

    def of(self, record: PolicyRecord) -> list[dict[str, str]]:
        """All alarms that act on a policy, its own and those of users, as `PutScalingPolicy` lists them."""
        pages = self._aws.client("cloudwatch").get_paginator("describe_alarms").paginate()
        return [
            {"AlarmName": alarm["AlarmName"], "AlarmARN": alarm["AlarmArn"]}
            for page in pages
            for alarm in page["MetricAlarms"]
            if record.arn in alarm["AlarmActions"]
        ]


def _names(resource_id: str) -> tuple[str, str]:
    prefix = f"TargetTracking-{resource_id}"
    return f"{prefix}-AlarmHigh-{uuid.uuid4()}", f"{prefix}-AlarmLow-{uuid.uuid4()}"


def _put_request(name: str, alarm: Alarm, record: PolicyRecord) -> dict[str, Any]:
    metric = record.tracked_metric or {}
    return {
        "AlarmName": name,
        "AlarmDescription": f"Managed by the target tracking policy {record.arn}: do not change it.",
        "Namespace": metric["Namespace"],
        "MetricName": metric["MetricName"],
        "Dimensions": metric.get("Dimensions", []),
        "Statistic": str(alarm.statistic),
        "Period": alarm.period // SECOND,
        "EvaluationPeriods": alarm.evaluation_periods,
        "DatapointsToAlarm": alarm.needed,
        "Threshold": alarm.threshold,
        "ComparisonOperator": str(alarm.comparison),
        "TreatMissingData": str(alarm.missing),
        "AlarmActions": [record.arn],
    }
