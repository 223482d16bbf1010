"""Notifications as SNS delivers them, and as it may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.s3_location import S3Location
from pilotlight.local.endpoint.notifier import NotificationError, Notifier
from pilotlight.local.endpoint.s3_objects import S3Objects
from pilotlight.local.faults import LocalFault

from .conftest import MemoryAws


class LateTimer:
    """A timer whose time comes when the test says so."""

    started: ClassVar[list[Callable[[], None]]] = []

    def __init__(self, seconds: float, function: Callable[[], None]) -> None:
        self.daemon = False
        self._function = function

    def start(self) -> None:
        """Wait for the test."""
        self.started.append(self._function)


@pytest.fixture
def aws() -> Any:
    """S3 and SNS in memory."""
    return MemoryAws()


def publish(notifier: Notifier, *numbers: int) -> None:
    """Publish numbered messages."""
    for number in numbers:
        notifier.publish("topic", f"{number}")


def test_messages_are_published_once_and_in_order(aws: Any) -> None:
    """Without a fault a local topic is better than a real one."""
    publish(Notifier(aws), 1, 2, 3)

    assert [("topic", 1), ("topic", 2), ("topic", 3)] == aws.published


def test_duplicating_fault_publishes_twice(aws: Any) -> None:
    """What a topic promises not to do."""
    publish(Notifier(aws, {LocalFault.DUPLICATE_NOTIFICATIONS}), 1, 2)

    assert [1, 1, 2, 2] == [message for _, message in aws.published]


def test_reordering_fault_lets_messages_overtake_but_loses_none(
    aws: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last message has none after it and comes anyway, after a while."""
    monkeypatch.setattr("pilotlight.local.endpoint.notifier.Timer", LateTimer)
    publish(Notifier(aws, {LocalFault.REORDER_NOTIFICATIONS}), 1, 2, 3, 4, 5)
    overtaken = [message for _, message in aws.published]
    LateTimer.started[-1]()

    assert [2, 1, 4, 3] == overtaken
    assert [2, 1, 4, 3, 5] == [message for _, message in aws.published]


def test_transient_fault_is_overcome(aws: Any) -> None:
    """Every fifth write fails once, and is done all the same."""
    faults = {LocalFault.TRANSIENT_WRITES}
    publish(Notifier(aws, faults), *range(10))
    objects = S3Objects(aws, faults)
    for number in range(10):
        objects.write(S3Location("b", f"{number}"), Answer(body=b"x"), None)

    assert list(range(10)) == [message for _, message in aws.published]
    assert 10 == len(aws.objects)


def test_fails_when_the_topic_does_not_take_the_message(aws: Any) -> None:
    """A topic that is gone is told apart from one that is busy."""
    aws.failing["publish"] = [404]

    with pytest.raises(NotificationError, match="failed to publish to topic"):
        publish(Notifier(aws), 1)


def test_objects_are_encrypted_with_the_key_of_the_configuration(aws: Any) -> None:
    """KmsKeyId of the output configuration; without it the bucket's own encryption holds."""
    S3Objects(aws).write(S3Location("b", "k"), Answer(body=b"x"), "key-1")

    assert {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "key-1"} == aws.objects["s3://b/k"][1]
