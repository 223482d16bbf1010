"""Metrics that Lambda functions write into their logs, which ministack leaves there.

Source: CloudWatch User Guide, Embedded metric format specification.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

Datum = tuple[str, dict[str, Any]]
"""A namespace, and one value as PutMetricData takes it."""

_MILLISECONDS = 1000


def metrics_in(log: str) -> Iterator[Datum]:
    """Every value that the lines of a log say, once for each set of dimensions; other lines say none."""
    for line in log.splitlines():
        if '"_aws"' not in line:
            continue
        with suppress(ValueError, KeyError, TypeError):  # a line that is none after all is only a line
            yield from list(_of_document(json.loads(line[line.index("{") :])))


def _of_document(document: Mapping[str, Any]) -> Iterator[Datum]:
    metadata = document["_aws"]
    at = datetime.fromtimestamp(metadata["Timestamp"] / _MILLISECONDS, UTC)
    for directive in metadata["CloudWatchMetrics"]:
        for metric in directive["Metrics"]:
            values = document[metric["Name"]]
            for names in directive["Dimensions"]:
                for value in values if isinstance(values, list) else [values]:
                    yield directive["Namespace"], _datum(metric, names, document, float(value), at)


def _datum(
    metric: Mapping[str, Any], names: list[str], document: Mapping[str, Any], value: float, at: datetime
) -> dict[str, Any]:
    return {
        "MetricName": metric["Name"],
        "Dimensions": [{"Name": name, "Value": str(document[name])} for name in names],
        "Timestamp": at,
        "Value": value,
        "Unit": metric.get("Unit", "None"),
    }
