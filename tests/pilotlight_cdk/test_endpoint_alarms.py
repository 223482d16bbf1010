"""The alarms tell people what needs them, and sleep is not an emergency."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pilotlight_cdk import AsyncAlarms, Notify

ALARMS = {
    "ApproximateAgeOfOldestRequest": ("AWS/SageMaker", "Maximum", 3600),
    "ExpiredRequests": ("AWS/SageMaker", "Sum", 1),
    "InvocationFailures": ("AWS/SageMaker", "Sum", 1),
    "ApproximateNumberOfMessagesVisible": ("AWS/SQS", "Maximum", 1),
}


def alarms_of(resources: Any) -> dict[str, dict[str, Any]]:
    """The alarms by metric, but for the one that wakes the endpoint."""
    alarms = {each["MetricName"]: each for each in resources.all("CloudWatch::Alarm")}
    alarms.pop("HasBacklogWithoutCapacity")
    return alarms


@pytest.fixture(scope="module")
def resources(new_stack, new_endpoint, resources_of) -> Any:
    """The resources of an endpoint with a status table."""
    stack = new_stack("Alarms")
    new_endpoint(stack, endpoint_name="ocr", notify=Notify(status_table=True))
    return resources_of(stack)


def test_each_trouble_has_its_alarm(resources) -> None:
    """Age in seconds, everything else in pieces."""
    assert ALARMS == {
        name: (alarm["Namespace"], alarm["Statistic"], alarm["Threshold"])
        for name, alarm in alarms_of(resources).items()
    }


@pytest.mark.parametrize("name", sorted(ALARMS))
def test_an_alarm_reaches_the_topic_at_its_threshold(name: str, resources) -> None:
    """And says in words what is the matter."""
    alarm = alarms_of(resources)[name]
    (topic,) = alarm["AlarmActions"]

    assert "GreaterThanOrEqualToThreshold" == alarm["ComparisonOperator"]
    assert "AWS::SNS::Topic" == resources.by_id[topic["Ref"]]["Type"]
    assert "ocr" in alarm["AlarmDescription"]


@pytest.mark.parametrize("name", sorted(ALARMS))
def test_silence_is_no_alarm(name: str, resources) -> None:
    """A sleeping endpoint publishes nothing."""
    assert "notBreaching" == alarms_of(resources)[name]["TreatMissingData"]


def test_cloudwatch_may_publish_to_the_topic(resources) -> None:
    """Insisting on TLS replaces the default policy, which would have allowed it."""
    policies = [each["PolicyDocument"]["Statement"] for each in resources.all("SNS::TopicPolicy")]
    allowed = [each for statements in policies for each in statements if each["Effect"] == "Allow"]

    assert [{"Service": "cloudwatch.amazonaws.com"}] == [each["Principal"] for each in allowed]


def test_thresholds_are_the_user_s(new_stack, new_endpoint, resources_of) -> None:
    """None leaves an alarm out."""
    stack = new_stack()
    new_endpoint(
        stack,
        alarms=AsyncAlarms(backlog_age=timedelta(minutes=10), failures=None, expired_requests=25),
    )
    alarms = alarms_of(resources_of(stack))

    assert {"ApproximateAgeOfOldestRequest": 600, "ExpiredRequests": 25} == {
        name: alarm["Threshold"] for name, alarm in alarms.items()
    }


def test_without_a_pipeline_there_are_no_dead_letters(new_stack, new_endpoint) -> None:
    """Nothing to watch, no alarm."""
    assert new_endpoint(new_stack()).alarms.dead_letters is None
