"""A thousand requests for an endpoint that everything goes wrong with."""

from __future__ import annotations

import io
import json
import os
import random
import signal
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

from botocore.config import Config

from pilotlight.catalog.status_table import EVENT_SOURCE, PARTITION_KEY, Pending, Status
from pilotlight.local.local_aws import LocalAws
from pilotlight.local.pages import STATUS_PATH, read_page

FAILING_HANDLER = '''
"""Test only: every tenth call fails before the real handler sees it."""
from itertools import count
from handler import handler as real
calls = count(1)

def handler(event, context):
    if next(calls) % 10 == 0:
        raise RuntimeError("fails one call in ten, on purpose")
    return real(event, context)
'''
SHORT_TTL_S = 60
"""The shortest RequestTTLSeconds that AWS allows."""


@dataclass(frozen=True)
class Request:
    """A request of the test: what it says, and whether it may only wait for a short time."""

    inference_id: str
    text: str
    short: bool


def requests(count: int, *, seed: int) -> list[Request]:
    """Tickets with words, every tenth without (the model fails), every fifth in a hurry."""
    shuffled = random.Random(seed)
    made = [
        Request(
            f"chaos-{number:04}", "" if number % 10 == 0 else f"my invoice {number} is wrong", number % 5 == 1
        )
        for number in range(count)
    ]
    shuffled.shuffle(made)
    return made


class Chaos:
    """Submits to a deployed endpoint, and breaks what serves it."""

    def __init__(self, aws: LocalAws, stack: str, endpoint: str, table: str) -> None:
        self._aws = aws
        self._stack = stack
        self._endpoint = endpoint
        self._table = table
        self.killed = 0

    def function(self, named: str) -> str:
        """The physical name of a Lambda function of the stack."""
        return self._physical("AWS::Lambda::Function", named)

    def make_completion_fail_now_and_then(self, asset: Path) -> None:
        """Put a handler in front of the real one that fails one call in ten; let the queue try again soon."""
        function = self.function("CompletionFunction")
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in asset.rglob("*"):
                archive.write(file, file.relative_to(asset))
            archive.writestr("failing.py", FAILING_HANDLER)
        client = self._aws.client("lambda")
        client.update_function_code(FunctionName=function, ZipFile=code.getvalue())
        client.update_function_configuration(FunctionName=function, Handler="failing.handler")
        self._aws.client("sqs").set_queue_attributes(
            QueueUrl=self._physical("AWS::SQS::Queue", "CompletionQueue"),
            Attributes={"VisibilityTimeout": "5"},
        )

    def submit(self, wanted: list[Request]) -> None:
        """Submit all, eight at a time: the row first, then the invocation with an inline body."""
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(self._submit, wanted))

    @contextmanager
    def killing(self, *, every_s: float, seed: int) -> Iterator[None]:
        """Kill a random container again and again."""
        stop = Event()
        killer = Thread(target=self._kill, args=(stop, every_s, random.Random(seed)))
        killer.start()
        try:
            yield
        finally:
            stop.set()
            killer.join()

    def sweep(self) -> None:
        """Run the sweeper as its schedule does."""
        self._aws.client("lambda").invoke(FunctionName=self.function("SweeperFunction"), Payload=b"{}")

    def rows(self) -> dict[str, dict[str, str]]:
        """The rows of the requests, by inference id."""
        pages = self._aws.client("dynamodb").get_paginator("scan").paginate(TableName=self._table)
        items = [item for page in pages for item in page["Items"]]
        rows = [{name: next(iter(value.values())) for name, value in item.items()} for item in items]
        return {row[PARTITION_KEY]: row for row in rows if row[PARTITION_KEY].startswith("chaos-")}

    def backlog(self) -> int:
        """Requests that wait or are in process."""
        (endpoint,) = self._endpoints()
        return int(endpoint["backlog"])

    def dead_letters(self) -> int:
        """Messages that the completion function gave up on."""
        queue = self._physical("AWS::SQS::Queue", "DeadLetters")
        name = "ApproximateNumberOfMessages"
        asked = self._aws.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=[name])
        return int(asked["Attributes"][name])

    def _submit(self, request: Request) -> None:
        # a deadline in wall time, as rows have: long after a short request has expired on the fast clock
        deadline = int(time.time()) + (5 if request.short else 3600)
        item = {
            PARTITION_KEY: {"S": request.inference_id},
            "status": {"S": Status.SUBMITTED},
            "pending": {"S": Pending.ANSWER},
            "deadline": {"N": str(deadline)},
            "expiresAt": {"N": str(deadline + 86400)},
        }
        self._aws.client("dynamodb").put_item(TableName=self._table, Item=item)
        self._aws.client("sagemaker-runtime").invoke_endpoint_async(
            EndpointName=self._endpoint,
            Body=json.dumps({"text": request.text}).encode(),
            ContentType="application/json",
            InferenceId=request.inference_id,
            **({"RequestTTLSeconds": SHORT_TTL_S} if request.short else {}),
        )

    def _kill(self, stop: Event, every_s: float, choice: random.Random) -> None:
        while not stop.wait(every_s):
            ready = [
                each for endpoint in self._endpoints() for each in endpoint["containers"] if each["ready"]
            ]
            if ready:
                os.kill(choice.choice(ready)["pid"], signal.SIGKILL)
                self.killed += 1

    def _endpoints(self) -> list[dict[str, Any]]:
        found = read_page(self._aws.record.port, STATUS_PATH)["endpoints"]
        return [endpoint for endpoint in found if endpoint["name"] == self._endpoint]

    def _physical(self, kind: str, named: str) -> str:
        listed = self._aws.client("cloudformation").describe_stack_resources(StackName=self._stack)
        (physical,) = (
            each["PhysicalResourceId"]
            for each in listed["StackResources"]
            if each["ResourceType"] == kind and named in each["LogicalResourceId"]
        )
        return str(physical)


class EventLog:
    """Counts the events of ended requests, as an application would receive them."""

    def __init__(self, aws: LocalAws) -> None:
        self._aws = aws
        self.counts: dict[str, Counter[str]] = {}

    def start(self) -> None:
        """Begin to collect."""
        sqs, events = self._aws.client("sqs"), self._aws.client("events")
        self._queue = sqs.create_queue(QueueName="chaos-events")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=self._queue, AttributeNames=["QueueArn"])["Attributes"][
            "QueueArn"
        ]
        events.put_rule(Name="chaos", EventPattern=json.dumps({"source": [EVENT_SOURCE]}))
        events.put_targets(Rule="chaos", Targets=[{"Id": "queue", "Arn": arn}])

    def read(self) -> dict[str, Counter[str]]:
        """How often each detail type came, by inference id."""
        sqs = self._aws.aws.session.client(
            "sqs", endpoint_url=self._aws.aws.endpoint_url, config=Config(read_timeout=30)
        )
        while batch := sqs.receive_message(QueueUrl=self._queue, MaxNumberOfMessages=10).get("Messages"):
            for message in batch:
                event = json.loads(message["Body"])
                about = self.counts.setdefault(event["detail"][PARTITION_KEY], Counter())
                about[event["detail-type"]] += 1
                sqs.delete_message(QueueUrl=self._queue, ReceiptHandle=message["ReceiptHandle"])
        return self.counts
