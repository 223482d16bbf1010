"""Tells the topics of an endpoint that they will be written to."""

from __future__ import annotations

import logging
from threading import Thread

from pilotlight.catalog.metrics import NOTIFICATION_FAILURES
from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.local.control_plane.async_inference_record import AsyncInferenceRecord
from pilotlight.local.endpoint.inference_message import TEST_NOTIFICATION
from pilotlight.local.endpoint.measurements import Measurements
from pilotlight.local.endpoint.notifier import NotificationError, Notifier

logger = logging.getLogger(__name__)


class TopicTest:
    """Sends SageMaker's test notification when an endpoint is created, updated, or given another capacity.

    Documented: SageMaker Developer Guide, Create an asynchronous inference endpoint. Assumed: a change of
    capacity by Application Auto Scaling counts, because it uses the API that does.
    """

    def __init__(self, notifier: Notifier, measurements: Measurements) -> None:
        self._notifier = notifier
        self._measurements = measurements

    def send(self, config: AsyncInferenceRecord | None) -> None:
        """Send it to both topics; never blocks."""
        if config is None:
            return
        for topic in {config.success_topic, config.error_topic} - {None}:
            Thread(target=self._send, args=(topic,), name="topic-test", daemon=True).start()

    def _send(self, topic: str) -> None:
        try:
            self._notifier.publish(topic, TEST_NOTIFICATION)
        except NotificationError as error:
            logger.warning("%s", error)
            self._measurements.put(((NOTIFICATION_FAILURES, 1.0),), VARIANT_NAME)
