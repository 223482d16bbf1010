"""One instance of a transform job: a container that answers the job's requests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from pilotlight.hosting.transform_settings import TransformSettings, container_variables
from pilotlight.local.containers.container import Container, NoContentLengthError
from pilotlight.local.containers.container_host import ContainerHost, ContainerName
from pilotlight.local.containers.image_catalogue import ImageRefused
from pilotlight.local.containers.safe_unpack import ArtefactRefused
from pilotlight.local.transform.job import JobFailedError, TransformJob
from pilotlight.local.transform.object_run import ObjectFailedError

HEALTHY_WITHIN_S = 480.0
"""Seconds on the wall until a container must answer /ping; that a job waits as endpoints do is assumed."""


class JobInstance:
    """Starts the container of one instance, which ends at the latest when the job is stopped.

    Raises JobFailedError when it does not become healthy.
    """

    def __init__(self, host: ContainerHost, job: TransformJob, number: int) -> None:
        self._request = job.request
        self._container = _launched(host, job, number)
        job.when_stopped(self.stop)
        if not self._container.becomes_healthy(HEALTHY_WITHIN_S):
            self._container.stop()
            msg = "AlgorithmError: the container did not pass its health check; see its log"
            raise JobFailedError(msg)

    def settings(self) -> TransformSettings:
        """How it is to be asked: what the job says, or the container itself."""
        return TransformSettings.of(self._request, _execution_parameters(self._container))

    def ask(self, body: bytes, settings: TransformSettings) -> bytes:
        """Have the model answer a request, and repeat it as often as the job allows.

        Raises ObjectFailedError with the last answer that was none.
        """
        why = ""
        for _ in range(settings.max_retries + 1):
            try:
                answer = self._container.invoke(body, self._headers(), settings.timeout_s)
            except (ConnectionError, TimeoutError, NoContentLengthError) as error:
                why = str(error) or f"no answer within {settings.timeout_s} s"
                continue
            if answer.is_success:
                return answer.body
            why = f"the model answered {answer.status}: {answer.body[:200].decode(errors='replace')}"
        raise ObjectFailedError(why)

    def stop(self) -> None:
        """End its container."""
        self._container.stop()

    def _headers(self) -> Mapping[str, str]:
        content_type = self._request["TransformInput"].get("ContentType")
        accept = self._request["TransformOutput"].get("Accept")
        headers = {"Content-Type": content_type, "Accept": accept}
        return {name: value for name, value in headers.items() if value is not None}


def _launched(host: ContainerHost, job: TransformJob, number: int) -> Container:
    if len(job.model.containers) != 1:
        msg = "ClientError: the embedded AWS transforms with models of one container"
        raise JobFailedError(msg)
    (definition,) = job.model.containers
    variables = {
        **definition.environment,
        **job.request.get("Environment", {}),
        **container_variables(job.request),
    }
    name = ContainerName(job.name, "transform", number)
    try:
        return host.launch(
            replace(definition, environment=variables), name, network_isolation=job.model.network_isolation
        )
    except (ImageRefused, ArtefactRefused, OSError) as error:
        msg = f"ClientError: the container does not start: {error}"
        raise JobFailedError(msg) from error


def _execution_parameters(container: Container) -> Mapping[str, Any]:
    answer = container.get("/execution-parameters")
    if answer is None or answer.status != HTTPStatus.OK:
        return {}
    try:
        said = json.loads(answer.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
