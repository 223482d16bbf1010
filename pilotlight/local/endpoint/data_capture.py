"""Keeps requests and answers in S3, as the configuration in service says."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from threading import Lock
from uuid import uuid4

from pilotlight.hosting.data_capture import (
    DELIVERY_INTERVAL,
    Exchange,
    Payload,
    capture_key,
    captured,
    is_captured,
)
from pilotlight.hosting.micros import Micros
from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.s3_location import S3Location
from pilotlight.local.control_plane.data_capture_record import DataCaptureRecord
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.endpoint.direct_invocation import DEFAULT_CONTENT_TYPE, DirectInvocation
from pilotlight.local.endpoint.s3_objects import ObjectError, S3Objects
from pilotlight.local.endpoint.surroundings import Surroundings

_WRITES_AT_ONCE = 4

logger = logging.getLogger("pilotlight")


@dataclass(frozen=True, slots=True)
class _File:
    """Records that go into one file: those of one variant in one hour, under one configuration."""

    capture: DataCaptureRecord
    variant: str
    hour: str


class DataCapture:
    """Collects records and writes them every minute. `take` is for any thread, the rest for the driver's.

    serving: gives the configuration in service; None before the first one is.
    """

    def __init__(
        self,
        endpoint: str,
        around: Surroundings,
        objects: S3Objects,
        serving: Callable[[], EndpointConfigRecord | None],
    ) -> None:
        self._endpoint = endpoint
        self._around = around
        self._objects = objects
        self._serving = serving
        self._lock = Lock()
        self._waiting: dict[_File, list[Exchange]] = {}
        self._writing = ThreadPoolExecutor(_WRITES_AT_ONCE, thread_name_prefix="capture")
        self._due: Micros | None = None

    @property
    def next_deadline(self) -> Micros | None:
        """When what was captured has to be written; None: nothing was."""
        with self._lock:
            return self._due

    def take(self, request: DirectInvocation, answer: Answer, variant: str) -> None:
        """Keep an exchange, or not, as chance and the configuration want."""
        serving = self._serving()
        capture = None if serving is None else serving.data_capture
        if capture is None or not answer.is_success or not is_captured(capture.settings, self._around.random):
            return
        now = datetime.now(UTC)
        content_type = DEFAULT_CONTENT_TYPE if request.content_type is None else request.content_type
        exchange = Exchange(
            Payload(request.body, content_type),
            Payload(answer.body, answer.content_type),
            now,
            event_id=str(uuid4()),
            inference_id=request.inference_id,
        )
        with self._lock:
            self._waiting.setdefault(_File(capture, variant, f"{now:%Y%m%d%H}"), []).append(exchange)
            self._due = self._due or self._around.clock.now() + DELIVERY_INTERVAL

    def pass_time(self, now: Micros) -> None:
        """Write if it is time to; never blocks."""
        with self._lock:
            if self._due is None or now < self._due:
                return
            ready, self._waiting, self._due = self._waiting, {}, None
        for file, exchanges in ready.items():
            self._writing.submit(self._write, file, exchanges)

    def close(self) -> None:
        """Write what waits. All of it is written, or given up, when this returns."""
        with self._lock:
            self._due = None if not self._waiting else 0
        self.pass_time(self._around.clock.now())
        self._writing.shutdown()

    def _write(self, file: _File, exchanges: list[Exchange]) -> None:
        lines = (json.dumps(captured(file.capture.settings, each)) for each in exchanges)
        body = "".join(f"{line}\n" for line in lines).encode()
        key = capture_key(self._endpoint, file.variant, exchanges[0].at, str(uuid4()))
        try:
            location = S3Location.parse(file.capture.destination).below(key)
            self._objects.write(location, Answer(HTTPStatus.OK, body), file.capture.kms_key_id)
        except (ObjectError, ValueError) as error:
            logger.warning("captured data of endpoint %s is lost: %s", self._endpoint, error)
