"""Metrics in the logs of Lambda functions are found, whatever else stands there."""

from __future__ import annotations

import json
from typing import Any

from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

from pilotlight.local.logged_metrics import metrics_in


def test_what_powertools_writes_is_found(capsys: Any) -> None:
    """With its dimensions, unit and values, between other lines."""
    metrics = EphemeralMetrics(namespace="Pilotlight/WarmUp", service="pilotlight-warm_up")
    metrics.add_dimension("EndpointName", "ranker")
    metrics.add_metric("ModelsFailed", MetricUnit.Count, 2)
    metrics.add_metric("ModelsFailed", MetricUnit.Count, 3)
    metrics.add_metric("WarmUpTime", MetricUnit.Seconds, 1.5)
    metrics.flush_metrics()
    log = f"START\n{capsys.readouterr().out}\nEND"
    found = [
        (namespace, each["MetricName"], each["Value"], each["Unit"]) for namespace, each in metrics_in(log)
    ]
    dimensions = [each["Dimensions"] for _, each in metrics_in(log)]

    assert [
        ("Pilotlight/WarmUp", "ModelsFailed", 2.0, "Count"),
        ("Pilotlight/WarmUp", "ModelsFailed", 3.0, "Count"),
        ("Pilotlight/WarmUp", "WarmUpTime", 1.5, "Seconds"),
    ] == found
    assert all(
        {"EndpointName": "ranker", "service": "pilotlight-warm_up"}
        == {dimension["Name"]: dimension["Value"] for dimension in each}
        for each in dimensions
    )


def test_each_set_of_dimensions_gets_the_value() -> None:
    """As CloudWatch does it."""
    directive = {"Namespace": "n", "Dimensions": [["a"], ["a", "b"], []], "Metrics": [{"Name": "m"}]}
    document = {"_aws": {"Timestamp": 0, "CloudWatchMetrics": [directive]}, "a": "1", "b": 2, "m": 7}

    assert [1, 2, 0] == [len(each["Dimensions"]) for _, each in metrics_in(json.dumps(document))]


def test_other_lines_say_nothing() -> None:
    """Broken or incomplete documents neither."""
    lines = ('{"_aws": ', '{"_aws": {"CloudWatchMetrics": []}}', 'talks of "_aws"', '{"level": "INFO"}', "")

    assert [] == list(metrics_in("\n".join(lines)))
