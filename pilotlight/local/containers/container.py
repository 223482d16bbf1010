"""A running container, as the endpoint that owns it sees it."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.container_process import ContainerProcess
from pilotlight.local.containers.container_stream import ContainerStream
from pilotlight.local.containers.image_catalogue import ContainerPlan

PING_TIMEOUT_S = 2.0
"""Seconds on the wall (SageMaker Developer Guide, Custom Inference Code with Hosting Services)."""

_PING_EVERY_S = 0.05
_ENDED_WITHIN_S = 5.0


class ContainerGoneError(ConnectionError):
    """The container ended before it answered: the request may go to another one."""


class NoContentLengthError(ValueError):
    """The answer has no Content-Length, which asynchronous inference needs."""


class Container:
    """A container on this machine: its process, its port, its log."""

    def __init__(
        self,
        process: ContainerProcess,
        *,
        plan: ContainerPlan,
        image: str,
        port: int,
        folder: Path,
        log: Path,
    ) -> None:
        self.plan = plan
        self.image = image
        self.port = port
        self.folder = folder
        self.log = log
        self._process = process

    @property
    def pid(self) -> int:
        """The process id of the container itself, not of its guardian."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether its process is gone."""
        return self._process.has_ended

    def wait_for_end(self) -> None:
        """Block until its process is gone."""
        self._process.wait()

    def is_healthy(self) -> bool:
        """Whether it answers /ping with 200 in time."""
        try:
            return self._request("GET", "/ping", b"", {}, PING_TIMEOUT_S).status == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False

    def becomes_healthy(self, within_s: float) -> bool:
        """Wait for the first good answer to /ping; False when it ends, or when the time is over."""
        give_up = time.monotonic() + within_s
        while time.monotonic() < give_up and not self.has_ended:
            if self.is_healthy():
                return True
            time.sleep(_PING_EVERY_S)
        return False

    def invoke(self, body: bytes, headers: Mapping[str, str], timeout_s: float) -> Answer:
        """Have the model answer, whatever the status.

        Raises ContainerGoneError when the container ended meanwhile, TimeoutError when it took too long,
        ConnectionError when it closed the connection and lives on, NoContentLengthError.
        """
        try:
            return self._request("POST", "/invocations", body, headers, timeout_s)
        except TimeoutError:
            raise
        except (OSError, http.client.HTTPException) as error:
            raise self._without_answer(error) from error

    def stream(self, body: bytes, headers: Mapping[str, str], timeout_s: float) -> ContainerStream:
        """Have the model begin to answer, whatever the status; the parts follow as they come.

        timeout_s: seconds on the wall until the beginning, and between parts. Raises as `invoke`.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)
        try:
            connection.request("POST", "/invocations", body=body, headers=dict(headers))
            return ContainerStream(connection, connection.getresponse())
        except TimeoutError:
            connection.close()
            raise
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise self._without_answer(error) from error

    def executions(self) -> int:
        """How many invocations its process began; only our own runners can tell."""
        answer = self._request("GET", "/executions", b"", {}, PING_TIMEOUT_S)
        return int(json.loads(answer.body)["executions"])

    def get(self, path: str) -> Answer | None:
        """What it answers to a GET within the time of a ping; None when it answers nothing."""
        try:
            return self._request("GET", path, b"", {}, PING_TIMEOUT_S)
        except (OSError, http.client.HTTPException):
            return None

    def stop(self) -> None:
        """End its process; it is gone when this returns."""
        self._process.stop()

    def _without_answer(self, error: Exception) -> ConnectionError:
        """What it means that the connection failed: the container may have ended, or have closed it."""
        if self._process.wait(_ENDED_WITHIN_S):
            return ContainerGoneError(f"the container of process {self.pid} ended before it answered")
        return ConnectionError(f"the container closed the connection without an answer ({error})")

    def _request(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], timeout_s: float
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)
        try:
            connection.request(method, path, body=body, headers=dict(headers))
            response = connection.getresponse()
            if method == "POST" and response.getheader("Content-Length") is None:
                msg = "The response from container primary did not specify the required Content-Length header"
                raise NoContentLengthError(msg)
            return Answer(
                response.status,
                response.read(),
                response.getheader("Content-Type"),
                dict(response.getheaders()),
            )
        finally:
            connection.close()
