"""Every alarm and scaling policy watches a metric that AWS publishes, by the dimensions it has."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.catalog.published import published_by

STACKS = {
    "Pilotlight-showcase-autocomplete": "multi-model",
    "Pilotlight-showcase-codegen": "realtime",
    "Pilotlight-showcase-embeddings": "multi-model",
    "Pilotlight-showcase-falcon": "async",
    "Pilotlight-starter-ticket-intent": "async",
}
OTHER_SERVICES = {"AWS/SQS": {("ApproximateNumberOfMessagesVisible", ("QueueName",))}}
"""Metrics of other services: the CDK's own queue names them."""


def watched(template: dict[str, Any]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Namespace, metric and dimension names of every alarm and policy."""
    found = []
    for resource in template["Resources"].values():
        match resource:
            case {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}:
                found.append(properties)
            case {
                "Type": "AWS::ApplicationAutoScaling::ScalingPolicy",
                "Properties": {"TargetTrackingScalingPolicyConfiguration": config},
            } if "CustomizedMetricSpecification" in config:
                found.append(config["CustomizedMetricSpecification"])
    return [
        (each["Namespace"], each["MetricName"], tuple(sorted(one["Name"] for one in each["Dimensions"])))
        for each in found
    ]


@pytest.mark.parametrize("stack", STACKS)
def test_what_is_watched_is_published(stack: str, synthesized) -> None:
    """A wrong dimension would leave an alarm without data for ever."""
    found = watched(synthesized.templates[stack])
    published = {
        (fact.namespace, fact.name, tuple(sorted(fact.dimensions))) for fact in published_by(STACKS[stack])
    }
    others = {(space, *metric) for space, known in OTHER_SERVICES.items() for metric in known}

    assert len(found) >= {"async": 6, "multi-model": 3, "realtime": 2}[STACKS[stack]]
    assert set() == {*found} - published - others


@pytest.mark.parametrize("stack", STACKS)
def test_whoever_watches_names_the_endpoint(stack: str, synthesized) -> None:
    """The value of the dimension is the name of the endpoint in the same template."""
    resources = synthesized.templates[stack]["Resources"].values()
    (name,) = [
        each["Properties"]["EndpointName"] for each in resources if each["Type"].endswith("::Endpoint")
    ]
    values = {
        dimension["Value"]
        for each in resources
        if each["Type"] == "AWS::CloudWatch::Alarm"
        for dimension in each["Properties"]["Dimensions"]
        if dimension["Name"] == "EndpointName"
    }

    assert {name} == values
