"""Everything worth knowing of a running embedded AWS: endpoints, containers, alarms, what scaling did."""

from __future__ import annotations

from dataclasses import asdict
from operator import itemgetter
from typing import Any

from pilotlight.catalog.scaling import POLICY_RESOURCE, SERVICE_NAMESPACE
from pilotlight.local.aws import Aws
from pilotlight.local.local_aws import LocalAws
from pilotlight.local.pages import STATUS_PATH, read_page

_NEWEST_ACTIVITIES = 10


def overview(aws: LocalAws) -> dict[str, Any]:
    """What `pilotlight local status --json` prints."""
    record = aws.record
    page = read_page(record.port, STATUS_PATH)
    regions = sorted({record.region, *(each["region"] for each in page["endpoints"])})
    activities = [each for region in regions for each in _activities(aws.aws, region)]
    return {
        "server": {**asdict(record), "endpoint_url": aws.aws.endpoint_url},
        **page,
        "alarms": [each for region in regions for each in _alarms(aws.aws, region)],
        "activities": sorted(activities, key=itemgetter("started"), reverse=True)[:_NEWEST_ACTIVITIES],
    }


def _alarms(aws: Aws, region: str) -> list[dict[str, Any]]:
    pages = aws.client("cloudwatch", region).get_paginator("describe_alarms").paginate()
    return [
        {
            "region": region,
            "name": alarm["AlarmName"],
            "state": alarm["StateValue"],
            "reason": alarm["StateReason"],
            "metric": alarm.get("MetricName"),
            "dimensions": {each["Name"]: each["Value"] for each in alarm.get("Dimensions", ())},
            "comparison": alarm["ComparisonOperator"],
            "threshold": alarm.get("Threshold"),
            "scales": any(f":{POLICY_RESOURCE}:" in action for action in alarm.get("AlarmActions", ())),
        }
        for page in pages
        for alarm in page["MetricAlarms"]
    ]


def _activities(aws: Aws, region: str) -> list[dict[str, Any]]:
    """The newest ones of a region."""
    answer = aws.client("application-autoscaling", region).describe_scaling_activities(
        ServiceNamespace=SERVICE_NAMESPACE, MaxResults=_NEWEST_ACTIVITIES
    )
    return [
        {
            "region": region,
            "started": each["StartTime"].isoformat(timespec="seconds"),
            "resource": each["ResourceId"],
            "description": each["Description"],
            "cause": each["Cause"],
            "status": each["StatusCode"],
            "message": each.get("StatusMessage"),
        }
        for each in answer["ScalingActivities"]
    ]
