"""Listens as an application would: to the events of ended requests, and to an endpoint's error topic."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pilotlight.catalog.status_table import EVENT_SOURCE

from .submission import Clients

_NAME = "story-listener"


class Listener:
    """A queue of its own, with a rule for the events and a subscription to an error topic."""

    def __init__(self, aws: Clients) -> None:
        self._aws = aws
        self._queue = ""
        self._subscription = ""
        self.heard: list[Mapping[str, Any]] = []

    def start(self, error_topic: str) -> None:
        """Begin to listen."""
        sqs = self._aws.client("sqs")
        self._queue = sqs.create_queue(QueueName=_NAME)["QueueUrl"]
        asked = sqs.get_queue_attributes(QueueUrl=self._queue, AttributeNames=["QueueArn"])
        arn = asked["Attributes"]["QueueArn"]
        events = self._aws.client("events")
        events.put_rule(Name=_NAME, EventPattern=json.dumps({"source": [EVENT_SOURCE]}))
        events.put_targets(Rule=_NAME, Targets=[{"Id": "queue", "Arn": arn}])
        subscribed = self._aws.client("sns").subscribe(
            TopicArn=error_topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"}
        )
        self._subscription = subscribed["SubscriptionArn"]

    def stop(self) -> None:
        """Take away the queue, the rule and the subscription."""
        if not self._queue:
            return
        events = self._aws.client("events")
        events.remove_targets(Rule=_NAME, Ids=["queue"])
        events.delete_rule(Name=_NAME)
        self._aws.client("sns").unsubscribe(SubscriptionArn=self._subscription)
        self._aws.client("sqs").delete_queue(QueueUrl=self._queue)
        self._queue = ""

    def events(self, inference_id: str) -> list[str]:
        """The detail types of the events heard about a request, in the order they came."""
        self._listen()
        about = (m for m in self.heard if m.get("detail", {}).get("inferenceId") == inference_id)
        return [message["detail-type"] for message in about]

    def errors(self, inference_id: str) -> list[Mapping[str, Any]]:
        """The messages heard from the error topic about a request."""
        self._listen()
        return [message for message in self.heard if message.get("inferenceId") == inference_id]

    def _listen(self) -> None:
        sqs = self._aws.client("sqs")
        while batch := sqs.receive_message(QueueUrl=self._queue, MaxNumberOfMessages=10).get("Messages"):
            for message in batch:
                self.heard.append(json.loads(message["Body"]))
                sqs.delete_message(QueueUrl=self._queue, ReceiptHandle=message["ReceiptHandle"])
