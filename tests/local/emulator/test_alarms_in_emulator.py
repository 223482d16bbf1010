"""Alarms of the running emulator: evaluated by us, shown and notified by CloudWatch."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from pilotlight.local.scaling.queue_metrics import QueueMetrics
from tests.waiting import wait_until

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


def _put(stacks: Any, name: str, missing: str, *actions: str) -> None:
    """Make an alarm on an endpoint of its name, of which there are no values."""
    stacks.client("cloudwatch").put_metric_alarm(
        AlarmName=name,
        Dimensions=_of(name),
        TreatMissingData=missing,
        AlarmActions=list(actions),
        **ALARM,
    )


def _state(stacks: Any, name: str) -> str:
    [alarm] = stacks.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]
    return str(alarm["StateValue"])


def _wait_for(stacks: Any, name: str, state: str) -> None:
    wait_until(
        f"{state} of the alarm {name}", lambda: _state(stacks, name), wanted=lambda seen: seen == state
    )


def test_a_transition_is_notified_once(stacks: Any) -> None:
    """The topic gets one message, with the reason, though the alarm stays in ALARM."""
    topic = stacks.client("sns").create_topic(Name="alarms")["TopicArn"]
    queue = stacks.client("sqs").create_queue(QueueName="alarms")["QueueUrl"]
    arn = "arn:aws:sqs:us-east-1:123456789012:alarms"
    stacks.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)

    _put(stacks, "told", "breaching", topic)

    _wait_for(stacks, "told", "ALARM")
    sqs = stacks.client("sqs")
    [message] = wait_until(
        "a message of the topic",
        lambda: sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages"),
    )
    told = json.loads(json.loads(message["Body"])["Message"])
    assert ("told", "ALARM") == (told["AlarmName"], told["NewStateValue"])
    again = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
    assert [] == again.get("Messages", [])


def test_values_put_by_hand_do_not_move_sagemakers_alarms(stacks: Any) -> None:
    """ministack would take them at once, for every endpoint; on AWS only SageMaker writes this namespace."""
    _put(stacks, "calm", "notBreaching")
    _wait_for(stacks, "calm", "OK")

    datum = {"MetricName": "HasBacklogWithoutCapacity", "Value": 1, "Dimensions": _of("other")}
    stacks.client("cloudwatch").put_metric_data(Namespace="AWS/SageMaker", MetricData=[datum])
    _put(stacks, "later", "breaching")

    _wait_for(stacks, "later", "ALARM")  # by then both were looked at
    assert "OK" == _state(stacks, "calm")


def test_users_see_the_metrics_of_endpoints(stacks: Any, endpoint_template: Any) -> None:
    """What alarms read is also in CloudWatch, under AWS's names."""
    stacks.create("seen", endpoint_template("seen"))
    wanted = {"ApproximateBacklogSize", "HasBacklogWithoutCapacity"}

    def names() -> set[str]:
        found = stacks.client("cloudwatch").list_metrics(Namespace="AWS/SageMaker", Dimensions=_of("seen"))
        return {each["MetricName"] for each in found["Metrics"]}

    wait_until(f"{wanted} in CloudWatch", names, wanted=wanted.issubset)


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
