"""Publishes the notifications of an endpoint."""

from __future__ import annotations

from collections.abc import Collection
from threading import Lock, Timer

from botocore.exceptions import BotoCoreError, ClientError

from pilotlight.local.aws import Aws
from pilotlight.local.endpoint.flaky_writes import FlakyWrites
from pilotlight.local.endpoint.transient import retried
from pilotlight.local.faults import LocalFault

_HELD_S = 0.5


class NotificationError(Exception):
    """A topic did not take a message, also not after trying again."""


class Notifier:
    """Sends messages to SNS topics. Thread-safe. faults: test only, what SNS may do but never does here."""

    def __init__(self, aws: Aws, faults: Collection[LocalFault] = ()) -> None:
        self._sns = aws.client("sns")
        self._faults = faults
        self._flaky = FlakyWrites(faults)
        self._lock = Lock()
        self._held: list[tuple[str, str]] = []
        self._holds_next = False

    def publish(self, topic: str, message: str) -> None:
        """Send a message; raises NotificationError."""
        if LocalFault.REORDER_NOTIFICATIONS in self._faults and self._hold(topic, message):
            return
        self._send(topic, message)
        self.flush()

    def flush(self) -> None:
        """Send what the reordering fault held back."""
        with self._lock:
            held, self._held = self._held, []
        for topic, message in held:
            self._send(topic, message)

    def _hold(self, topic: str, message: str) -> bool:
        with self._lock:
            self._holds_next = not self._holds_next
            if self._holds_next:
                self._held.append((topic, message))
                late = Timer(_HELD_S, self.flush)
                late.daemon = True
                late.start()
            return self._holds_next

    def _send(self, topic: str, message: str) -> None:
        for _ in range(2 if LocalFault.DUPLICATE_NOTIFICATIONS in self._faults else 1):
            try:
                retried(self._flaky.flaky(lambda: self._sns.publish(TopicArn=topic, Message=message)))
            except (BotoCoreError, ClientError) as error:
                msg = f"failed to publish to {topic}: {error}"
                raise NotificationError(msg) from error
