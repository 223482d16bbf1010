"""The deployed assets in the embedded AWS: its topics, queues, event source mapping and conditions."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest

from pilotlight.catalog import status_table as names
from pilotlight_cdk.lambda_asset import lambda_asset
from tests.lambda_functions.in_memory_aws import TABLE, create_status_table
from tests.lambda_functions.notifications import TEST_NOTIFICATION, completed, failed
from tests.waiting import wait_until

pytestmark = pytest.mark.thorough

ACCOUNT = "123456789012"


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an emulator of its own; the process and its files are gone afterwards."""
    home, port = str(tmp_path_factory.mktemp("emulator")), _free_port()
    own = {"GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1", "MINISTACK_ACCOUNT_ID": ACCOUNT}
    environment = {"PATH": os.environ["PATH"], "HOME": home, "TMPDIR": home, "LOG_LEVEL": "WARNING"} | own
    command = [sys.executable, "-m", "ministack"]
    with subprocess.Popen(command, env=environment, cwd=home, stdout=subprocess.DEVNULL) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until("an answer of the emulator", lambda: _answers(url))
            yield url
        finally:
            process.terminate()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_ministack/health") as health:  # noqa: S310 - our own emulator
            return bool(health.status == 200)
    except OSError:
        return False


@dataclass
class Pipeline:
    """Topic → queue → completion function; the sweeper; and a queue of all events."""

    emulator: str

    def __post_init__(self) -> None:
        create_status_table(self.client("dynamodb"), TABLE)
        self.queue_url, queue = self.queue("completion", VisibilityTimeout="120")
        self.topic = self.client("sns").create_topic(Name="success")["TopicArn"]
        self.client("sns").subscribe(TopicArn=self.topic, Protocol="sqs", Endpoint=queue)
        self._record_events()
        self._function("completion", STATUS_TABLE=TABLE, EVENT_BUS="default", RETENTION_SECONDS="86400")
        self._function(
            "sweeper", STATUS_TABLE=TABLE, COMPLETION_QUEUE_URL=self.queue_url, GRACE_SECONDS="300"
        )
        self.feed_from(queue)

    def client(self, service: str) -> Any:
        """A client of the emulator."""
        keys = {"aws_access_key_id": ACCOUNT, "aws_secret_access_key": "none"}
        return boto3.client(service, region_name="us-east-1", endpoint_url=self.emulator, **keys)

    def queue(self, name: str, **attributes: str) -> tuple[str, str]:
        """URL and ARN of a new queue."""
        sqs = self.client("sqs")
        url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        return url, arn

    def feed_from(self, queue_arn: str) -> None:
        """Let the completion function process what a queue holds."""
        self.client("lambda").create_event_source_mapping(
            FunctionName="completion",
            EventSourceArn=queue_arn,
            BatchSize=10,
            FunctionResponseTypes=["ReportBatchItemFailures"],
        )

    def publish(self, *messages: str) -> None:
        """Tell the topic; its queue holds the messages when this returns."""
        for message in messages:
            self.client("sns").publish(TopicArn=self.topic, Message=message)

    def statuses(self, *inference_ids: str) -> list[str | None]:
        """The status of each request."""
        keys = ({names.PARTITION_KEY: {"S": inference_id}} for inference_id in inference_ids)
        found = (self.client("dynamodb").get_item(TableName=TABLE, Key=key).get("Item", {}) for key in keys)
        return [item.get("status", {}).get("S") for item in found]

    def held(self, queue_url: str) -> tuple[int, int]:
        """How many messages a queue holds: waiting, and given to somebody."""
        counts = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
        answer = self.client("sqs").get_queue_attributes(QueueUrl=queue_url, AttributeNames=list(counts))
        waiting, given = (int(answer["Attributes"][count]) for count in counts)
        return waiting, given

    def wait_until_held(self, queue_url: str, *wanted: int) -> None:
        """Wait until a queue holds so many messages: waiting, and given to somebody."""
        wait_until(
            f"{wanted} messages, waiting and given, in {queue_url}",
            lambda: self.held(queue_url),
            wanted=lambda held: held == wanted,
        )

    def events(self) -> list[tuple[str, str]]:
        """Request and detail type of the events since the last look."""
        url = self.client("sqs").get_queue_url(QueueName="events")["QueueUrl"]
        received = (
            self.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        )
        for message in received:
            self.client("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        told = [json.loads(message["Body"]) for message in received]
        return sorted((event["detail"]["inferenceId"], event["detail-type"]) for event in told)

    def _record_events(self) -> None:
        pattern = json.dumps({"source": [names.EVENT_SOURCE]})
        _, target = self.queue("events")
        self.client("events").put_rule(Name="ended", EventPattern=pattern)
        self.client("events").put_targets(Rule="ended", Targets=[{"Id": "queue", "Arn": target}])

    def _function(self, name: str, **variables: str) -> None:
        self.client("lambda").create_function(
            FunctionName=name,
            Runtime="python3.14",
            Role=f"arn:aws:iam::{ACCOUNT}:role/{name}",
            Handler="handler.handler",
            Code={"ZipFile": _zipped(lambda_asset(name))},
            Environment={"Variables": variables},
            Timeout=60,
        )


def _zipped(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.rglob("*.py"):
            archive.write(file, file.relative_to(folder))
    return packed.getvalue()


@pytest.fixture(scope="module")
def pipeline(emulator: str) -> Pipeline:
    """The completion pipeline, deployed."""
    return Pipeline(emulator)


def test_notifications_become_rows_and_events(pipeline: Pipeline) -> None:
    """Test notifications vanish, later news changes nothing, and only poison stays in the queue."""
    pipeline.publish(TEST_NOTIFICATION, "poison", completed("r1"), failed("r2"))
    pipeline.wait_until_held(pipeline.queue_url, 0, 1)
    pipeline.publish(completed("r1"), completed("r2"))
    pipeline.wait_until_held(pipeline.queue_url, 0, 1)

    assert ["Completed", "Failed"] == pipeline.statuses("r1", "r2")
    assert [("r1", "InferenceCompleted"), ("r2", "InferenceFailed")] == pipeline.events()


def test_poison_ends_as_dead_letter(pipeline: Pipeline) -> None:
    """A message that can never be processed leaves its queue for the dead letters."""
    graveyard_url, graveyard = pipeline.queue("dead-letters")
    redrive = json.dumps({"deadLetterTargetArn": graveyard, "maxReceiveCount": 2})
    url, queue = pipeline.queue("poisoned", VisibilityTimeout="1", RedrivePolicy=redrive)
    pipeline.feed_from(queue)
    pipeline.client("sqs").send_message(QueueUrl=url, MessageBody="poison")

    pipeline.wait_until_held(graveyard_url, 1, 0)
    assert (0, 0) == pipeline.held(url)


def test_the_sweeper_ends_what_nobody_answered(pipeline: Pipeline) -> None:
    """The index finds the overdue row alone, and the completion function ends it as Expired."""
    for inference_id, deadline in (("overdue", 1), ("waiting", int(time.time()) + 9_000)):
        row = {
            names.PARTITION_KEY: {"S": inference_id},
            "status": {"S": names.Status.SUBMITTED},
            names.OVERDUE_INDEX_PARTITION_KEY: {"S": names.Pending.ANSWER},
            names.OVERDUE_INDEX_SORT_KEY: {"N": str(deadline)},
        }
        pipeline.client("dynamodb").put_item(TableName=TABLE, Item=row)

    swept = pipeline.client("lambda").invoke(FunctionName="sweeper", Payload=b"{}")
    assert {"overdue": 1} == json.load(swept["Payload"])
    wait_until(
        "the end of the overdue request alone",
        lambda: pipeline.statuses("overdue", "waiting"),
        wanted=lambda statuses: statuses == ["Expired", "Submitted"],
    )
    assert [("overdue", "InferenceExpired")] == wait_until("its event", pipeline.events)
