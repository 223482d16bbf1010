"""One attempt at a request: fetch the input, have a container answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pilotlight.catalog.metrics import (
    INVOCATION_4XX_ERRORS,
    INVOCATION_5XX_ERRORS,
    MODEL_LATENCY,
    REQUEST_DOWNLOAD_FAILURES,
    REQUEST_DOWNLOAD_LATENCY,
)
from pilotlight.hosting.async_metrics import Measurement
from pilotlight.hosting.micros import Micros
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.container import Container, ContainerGoneError, NoContentLengthError
from pilotlight.local.containers.container_server import INFERENCE_ID_HEADER
from pilotlight.local.endpoint.open_request import OpenRequest
from pilotlight.local.endpoint.s3_objects import ObjectError, S3Objects

DEFAULT_CONTENT_TYPE = "application/octet-stream"
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class CallResult:
    """How an attempt came out. failure: why the model gave no good answer; None: it did.

    is_lost: the container is gone, so nothing came out and the queue hears of the instance instead.
    """

    answer: Answer | None = None
    failure: str | None = None
    is_lost: bool = False
    measured: tuple[Measurement, ...] = ()


class ModelCall:
    """Makes attempts. Thread-safe."""

    def __init__(self, objects: S3Objects, clock: ScaledClock) -> None:
        self._objects = objects
        self._clock = clock

    def make(self, request: OpenRequest, container: Container, deadline: Micros) -> CallResult:
        """Make one attempt, which gives up at the deadline."""
        began = self._clock.now()
        try:
            body = self._input_of(request)
        except ObjectError as error:
            return CallResult(failure=f"ClientError: {error}", measured=((REQUEST_DOWNLOAD_FAILURES, 1.0),))
        downloaded = self._clock.now()
        waits_s = max(0.001, self._clock.wall_seconds(deadline - downloaded))
        try:
            answer = container.invoke(body, _headers_of(request), waits_s)
        except ContainerGoneError:
            return CallResult(is_lost=True)
        except TimeoutError:
            return CallResult(failure="ClientError: the model did not answer in time")
        except (ConnectionError, NoContentLengthError) as error:
            return CallResult(failure=f"ClientError: {error}", measured=((INVOCATION_5XX_ERRORS, 1.0),))
        return _judged(answer, downloaded - began, self._clock.now() - downloaded)

    def _input_of(self, request: OpenRequest) -> bytes:
        invocation = request.invocation
        if invocation.body is not None:
            return invocation.body
        return self._objects.read(str(invocation.input_location))


def _judged(answer: Answer, download: Micros, latency: Micros) -> CallResult:
    measured: tuple[Measurement, ...] = (
        (REQUEST_DOWNLOAD_LATENCY, float(download)),
        (MODEL_LATENCY, float(latency)),
    )
    if answer.is_success:
        return CallResult(answer, measured=measured)
    side, metric = (
        ("server", INVOCATION_5XX_ERRORS)
        if answer.status >= _SERVER_ERROR
        else ("client", INVOCATION_4XX_ERRORS)
    )
    reason = (
        f"ClientError: Received {side} error ({answer.status}) from model. "
        "See the SageMaker Endpoint logs in your account for more information."
    )
    return CallResult(answer, reason, measured=(*measured, (metric, 1.0)))


def _headers_of(request: OpenRequest) -> Mapping[str, str]:
    """SageMaker passes on no header but these."""
    invocation = request.invocation
    content_type = DEFAULT_CONTENT_TYPE if invocation.content_type is None else invocation.content_type
    given = {
        "Content-Type": content_type,
        "Accept": invocation.accept,
        "X-Amzn-SageMaker-Custom-Attributes": invocation.custom_attributes,
        INFERENCE_ID_HEADER: request.inference_id,
    }
    return {name: value for name, value in given.items() if value is not None}
