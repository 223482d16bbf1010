"""Finds parts of a synthesized stack."""

from __future__ import annotations

from typing import Any


def ids_of(resources: Any, kind: str) -> list[str]:
    """The logical ids of all resources of a type."""
    return [name for name, each in resources.by_id.items() if each["Type"] == f"AWS::{kind}"]


def wake_alarms(resources: Any) -> list[dict[str, Any]]:
    """The alarms that may wake a component."""
    named = (each for each in resources.all("CloudWatch::Alarm"))
    return [
        each
        for each in named
        if each["MetricName"] == "NoCapacityInvocationFailures" and each["Period"] == 60
    ]
