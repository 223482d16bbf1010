"""Ends a request for the outside world: one object, one notification, the metrics."""

from __future__ import annotations

import logging
from dataclasses import replace

from pilotlight.catalog.metrics import (
    NOTIFICATION_FAILURES,
    RESPONSE_UPLOAD_FAILURES,
    RESPONSE_UPLOAD_LATENCY,
)
from pilotlight.hosting.async_metrics import request_metrics
from pilotlight.hosting.async_queue import Ended, Outcome
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.answer import Answer
from pilotlight.local.endpoint.inference_message import InferenceResult
from pilotlight.local.endpoint.measurements import Measurements
from pilotlight.local.endpoint.notifier import NotificationError, Notifier
from pilotlight.local.endpoint.open_request import OpenRequest
from pilotlight.local.endpoint.s3_objects import ObjectError, S3Objects

_ON_SUCCESS, _ON_ERROR = "SUCCESS_NOTIFICATION_TOPIC", "ERROR_NOTIFICATION_TOPIC"

logger = logging.getLogger(__name__)


class ResultWriter:
    """Writes what came of requests. Thread-safe."""

    def __init__(
        self,
        *,
        region: str,
        objects: S3Objects,
        notifier: Notifier,
        measurements: Measurements,
        clock: ScaledClock,
    ) -> None:
        self._region = region
        self._objects = objects
        self._notifier = notifier
        self._measurements = measurements
        self._clock = clock

    def finish(self, request: OpenRequest, ended: Ended) -> None:
        """Write the outcome that the queue decided. Called once per request.

        An answer that cannot be stored becomes a failure, for nobody could read it. Requests that expired in
        the queue get neither object nor notification.
        """
        if ended.outcome is Outcome.COMPLETED:
            ended = self._store_answer(request, ended)
        if ended.outcome is Outcome.FAILED:
            self._store_failure(request, str(ended.reason))
        self._measurements.put(request_metrics(ended), request.variant)
        self._notify(request, ended)

    def _store_answer(self, request: OpenRequest, ended: Ended) -> Ended:
        began = self._clock.now()
        answer = Answer() if request.answer is None else request.answer
        try:
            self._objects.write(request.locations.output, answer, request.config.kms_key_id)
        except ObjectError as error:
            logger.warning("request %s: %s", request.inference_id, error)
            self._measurements.put(((RESPONSE_UPLOAD_FAILURES, 1.0),), request.variant)
            return replace(ended, outcome=Outcome.FAILED, reason=f"ClientError: {error}")
        latency = float(self._clock.now() - began)
        self._measurements.put(((RESPONSE_UPLOAD_LATENCY, latency),), request.variant)
        return ended

    def _store_failure(self, request: OpenRequest, reason: str) -> None:
        """The reason, and what the model said when it said something."""
        said = b"" if request.answer is None else b"\n" + request.answer.body
        failure = Answer(body=reason.encode() + said, content_type="text/plain; charset=utf-8")
        try:
            self._objects.write(request.locations.failure, failure, request.config.kms_key_id)
        except ObjectError as error:
            logger.warning("request %s: %s", request.inference_id, error)
            self._measurements.put(((RESPONSE_UPLOAD_FAILURES, 1.0),), request.variant)

    def _notify(self, request: OpenRequest, ended: Ended) -> None:
        if ended.outcome is Outcome.COMPLETED:
            topic, kind = request.config.success_topic, _ON_SUCCESS
        elif ended.outcome is Outcome.FAILED:
            topic, kind = request.config.error_topic, _ON_ERROR
        else:
            return
        if topic is not None:
            result = self._result(request, ended, included=kind in request.config.include_response_in)
            self._publish(request, topic, _message_of(request, ended, result))

    def _result(self, request: OpenRequest, ended: Ended, *, included: bool) -> InferenceResult:
        return InferenceResult(
            invocation=request.invocation,
            inference_id=request.inference_id,
            region=self._region,
            received=self._clock.utc(request.received),
            ended=self._clock.utc(ended.ended),
            included=request.answer if included else None,
        )

    def _publish(self, request: OpenRequest, topic: str, message: str) -> None:
        try:
            self._notifier.publish(topic, message)
        except NotificationError as error:
            logger.warning("request %s: %s", request.inference_id, error)
            self._measurements.put(((NOTIFICATION_FAILURES, 1.0),), request.variant)


def _message_of(request: OpenRequest, ended: Ended, result: InferenceResult) -> str:
    if ended.outcome is Outcome.FAILED:
        return result.failed(str(ended.reason))
    content_type = None if request.answer is None else request.answer.content_type
    return result.completed(str(request.locations.output), content_type)
