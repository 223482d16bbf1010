"""Alarms of the running emulator: evaluated by us, shown and notified by CloudWatch."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from pilotlight.local.scaling.queue_metrics import QueueMetrics

pytestmark = pytest.mark.thorough

ALARM = {
    "Namespace": "AWS/SageMaker",
    "MetricName": "HasBacklogWithoutCapacity",
    "Statistic": "Average",
    "Period": 60,
    "EvaluationPeriods": 1,
    "Threshold": 1,
    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
}


def _of(endpoint: str) -> list[dict[str, str]]:
    return [{"Name": "EndpointName", "Value": endpoint}]


def _state_within(stacks: Any, name: str, state: str, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        [alarm] = stacks.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]
        if alarm["StateValue"] == state:
            return True
        time.sleep(0.02)
    return False


def test_a_transition_is_notified_once(stacks: Any) -> None:
    """The topic gets one message, with the reason, though the alarm stays in ALARM."""
    topic = stacks.client("sns").create_topic(Name="alarms")["TopicArn"]
    queue = stacks.client("sqs").create_queue(QueueName="alarms")["QueueUrl"]
    arn = "arn:aws:sqs:us-east-1:123456789012:alarms"
    stacks.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)

    stacks.client("cloudwatch").put_metric_alarm(
        AlarmName="told",
        Dimensions=_of("nobody"),
        TreatMissingData="breaching",
        AlarmActions=[topic],
        **ALARM,
    )

    assert _state_within(stacks, "told", "ALARM", 10)
    [message] = stacks.client("sqs").receive_message(QueueUrl=queue, WaitTimeSeconds=5)["Messages"]
    told = json.loads(json.loads(message["Body"])["Message"])
    assert ("told", "ALARM") == (told["AlarmName"], told["NewStateValue"])
    again = stacks.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
    assert [] == again.get("Messages", [])


def test_values_put_by_hand_do_not_move_sagemakers_alarms(stacks: Any) -> None:
    """ministack would take them at once, for every endpoint; on AWS only SageMaker writes this namespace."""
    cloudwatch = stacks.client("cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName="calm", Dimensions=_of("calm"), TreatMissingData="notBreaching", **ALARM
    )
    assert _state_within(stacks, "calm", "OK", 10)

    datum = {"MetricName": "HasBacklogWithoutCapacity", "Value": 1, "Dimensions": _of("other")}
    cloudwatch.put_metric_data(Namespace="AWS/SageMaker", MetricData=[datum])

    assert not _state_within(stacks, "calm", "ALARM", 0.3)


def test_users_see_the_metrics_of_endpoints(stacks: Any, endpoint_template: Any) -> None:
    """What alarms read is also in CloudWatch, under AWS's names."""
    stacks.create("seen", endpoint_template("seen"))
    names: set[str] = set()
    deadline = time.monotonic() + 60

    while "ApproximateBacklogSize" not in names and time.monotonic() < deadline:
        found = stacks.client("cloudwatch").list_metrics(Namespace="AWS/SageMaker", Dimensions=_of("seen"))
        names = {each["MetricName"] for each in found["Metrics"]}
        time.sleep(0.1)

    assert {"ApproximateBacklogSize", "HasBacklogWithoutCapacity"} <= names


def test_queues_tell_how_many_messages_wait(stacks: Any) -> None:
    """Alarms on dead letters read it; ministack itself publishes nothing of queues."""
    queue = stacks.client("sqs").create_queue(QueueName="dead-letters")["QueueUrl"]
    stacks.client("sqs").send_message(QueueUrl=queue, MessageBody="lost")

    QueueMetrics(stacks.aws.aws).publish()

    now = time.time()
    found = stacks.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/SQS",
        MetricName="ApproximateNumberOfMessagesVisible",
        Dimensions=[{"Name": "QueueName", "Value": "dead-letters"}],
        StartTime=now - 120,
        EndTime=now + 60,
        Period=60,
        Statistics=["Maximum"],
    )
    assert 1.0 == found["Datapoints"][-1]["Maximum"]
