"""The warm-up on an embedded AWS: its schedule starts it, its alarm tells, its failures arrive somewhere."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pilotlight.local.deploy import CdkApp
from pilotlight.local.local_aws import LocalAws
from tests.waiting import wait_until

FLEET = """
name: warm
endpoints:
  ranker:
    kind: realtime
    model: {{framework: scikit-learn, version: "1.4-2", source: {source}}}
    instance_type: ml.m5.large
    warm_up:
      every: 1m
      sample: {{body: '{{"text": "where is my parcel"}}'}}
"""
BROKEN = json.dumps({"body": "no JSON at all", "content_type": "application/json"})


class Warm:
    """A deployed endpoint with its warm-up, and a queue that hears what its topic says."""

    def __init__(self, aws: LocalAws) -> None:
        self.aws = aws
        self.function = self._resource("AWS::Lambda::Function")
        self.alarm = self._resource("AWS::CloudWatch::Alarm")
        sqs = aws.client("sqs")
        self._queue = sqs.create_queue(QueueName="heard")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=self._queue, AttributeNames=["QueueArn"])["Attributes"][
            "QueueArn"
        ]
        (topic,) = self._alarm()["AlarmActions"]
        aws.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)

    @property
    def state(self) -> str:
        """Of the alarm on failed models."""
        return str(self._alarm()["StateValue"])

    def told(self, metric: str) -> list[float]:
        """What the function published."""
        now = time.time()
        found = self.aws.client("cloudwatch").get_metric_statistics(
            Namespace="Pilotlight/WarmUp",
            MetricName=metric,
            Dimensions=[
                {"Name": "EndpointName", "Value": "warm-ranker"},
                {"Name": "service", "Value": "pilotlight-warm_up"},
            ],
            StartTime=now - 3600,
            EndTime=now + 60,
            Period=60,
            Statistics=["Sum"],
        )
        return [each["Sum"] for each in found["Datapoints"]]

    def change(self, **variables: str) -> None:
        """Give the function other environment variables."""
        client = self.aws.client("lambda")
        known = client.get_function_configuration(FunctionName=self.function)["Environment"]["Variables"]
        client.update_function_configuration(
            FunctionName=self.function, Environment={"Variables": known | variables}
        )

    def heard(self) -> list[dict[str, Any]]:
        """What came to the topic since the last look."""
        answer = self.aws.client("sqs").receive_message(
            QueueUrl=self._queue, MaxNumberOfMessages=10, WaitTimeSeconds=1
        )
        messages = answer.get("Messages", [])
        for each in messages:
            self.aws.client("sqs").delete_message(QueueUrl=self._queue, ReceiptHandle=each["ReceiptHandle"])
        return [json.loads(json.loads(each["Body"])["Message"]) for each in messages]

    def _alarm(self) -> dict[str, Any]:
        (found,) = self.aws.client("cloudwatch").describe_alarms(AlarmNames=[self.alarm])["MetricAlarms"]
        return dict(found)

    def _resource(self, kind: str) -> str:
        listed = self.aws.client("cloudformation").describe_stack_resources(
            StackName="Pilotlight-warm-operations"
        )
        (found,) = (
            each["PhysicalResourceId"]
            for each in listed["StackResources"]
            if each["ResourceType"] == kind and "WarmUp" in each["LogicalResourceId"]
        )
        return str(found)


@pytest.fixture(scope="module")
def warm(
    checkout: Path, tmp_path_factory: pytest.TempPathFactory, deploy: Callable[..., CdkApp]
) -> Iterator[Warm]:
    """An embedded AWS with one endpoint that is warmed every minute."""
    with LocalAws(tmp_path_factory.mktemp("warm") / "home", time_scale=240) as aws:
        file = aws.home.root / "warm.yaml"
        source = os.path.relpath(checkout / "examples/models/ticket_intent", aws.home.root)
        file.write_text(FLEET.format(source=source))
        deploy(aws, file)
        yield Warm(aws)


def test_the_schedule_starts_the_warm_up(warm: Warm) -> None:
    """Nobody calls the function: after a minute it has asked the model, and its metrics are in CloudWatch."""
    assert [] == warm.told("ModelsLoaded")
    wait_until("a model that was warmed", lambda: sum(warm.told("ModelsLoaded")), pause_s=0.5)
    assert 0 == sum(warm.told("ModelsFailed"))
    assert "ALARM" != warm.state


def test_a_model_that_fails_raises_the_alarm(warm: Warm) -> None:
    """The sample is one that the model refuses: the topic hears of the alarm, and the run goes on."""
    warm.change(DEFAULT_SAMPLE=BROKEN)
    warm.aws.client("lambda").invoke(FunctionName=warm.function, InvocationType="Event")

    wait_until(
        "an alarm on the models that failed",
        lambda: (warm.state, warm.told("ModelsFailed")),
        wanted=lambda seen: seen[0] == "ALARM",
        pause_s=0.5,
    )
    heard = first_heard(warm, "a message of the alarm", lambda each: each.get("AlarmName") == warm.alarm)
    assert "ALARM" == heard["NewStateValue"]


def test_a_run_that_fails_arrives_at_its_destination(warm: Warm) -> None:
    """The function cannot even read its settings: it is not tried again, and the topic gets the event."""
    warm.change(CONCURRENCY="many")
    heard = first_heard(warm, "the event of a failed run", lambda each: "requestContext" in each)

    assert heard["requestContext"]["functionArn"].endswith(warm.function)
    assert "invalid literal for int" in heard["responsePayload"]["errorMessage"]


def first_heard(warm: Warm, what: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first message that is wanted."""
    heard: list[dict[str, Any]] = []

    def listen() -> list[dict[str, Any]]:
        heard.extend(warm.heard())
        return heard

    wait_until(what, listen, wanted=lambda each: any(map(wanted, each)))
    return next(filter(wanted, heard))
