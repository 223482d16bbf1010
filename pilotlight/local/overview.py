"""Everything worth knowing of a running embedded AWS: endpoints, containers, alarms, what scaling did."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pilotlight.catalog.scaling import SERVICE_NAMESPACE
from pilotlight.local.local_aws import LocalAws
from pilotlight.local.pages import STATUS_PATH, read_page

_NEWEST_ACTIVITIES = 10


def overview(aws: LocalAws) -> dict[str, Any]:
    """What `pilotlight local status --json` prints."""
    record = aws.record
    return {
        "server": {**asdict(record), "endpoint_url": aws.aws.endpoint_url},
        **read_page(record.port, STATUS_PATH),
        "alarms": _alarms(aws),
        "activities": _activities(aws),
    }


def _alarms(aws: LocalAws) -> list[dict[str, Any]]:
    pages = aws.client("cloudwatch").get_paginator("describe_alarms").paginate()
    return [
        {"name": alarm["AlarmName"], "state": alarm["StateValue"], "reason": alarm["StateReason"]}
        for page in pages
        for alarm in page["MetricAlarms"]
    ]


def _activities(aws: LocalAws) -> list[dict[str, Any]]:
    """The newest ones, the newest first."""
    answer = aws.client("application-autoscaling").describe_scaling_activities(
        ServiceNamespace=SERVICE_NAMESPACE, MaxResults=_NEWEST_ACTIVITIES
    )
    return [
        {
            "started": each["StartTime"].isoformat(timespec="seconds"),
            "resource": each["ResourceId"],
            "description": each["Description"],
            "cause": each["Cause"],
            "status": each["StatusCode"],
        }
        for each in answer["ScalingActivities"]
    ]
