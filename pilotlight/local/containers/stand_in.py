"""The process that stands in for an image that needs a GPU: it takes its time, and every answer says so."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from http import HTTPStatus

from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.container_server import ContainerServer
from pilotlight.local.containers.executions import Executions
from pilotlight.local.containers.framework_runner import PORT_VARIABLE

IMAGE_VARIABLE = "PILOTLIGHT_STAND_IN_IMAGE"
WHY_VARIABLE = "PILOTLIGHT_STAND_IN_WHY"
START_VARIABLE = "PILOTLIGHT_STAND_IN_START_SECONDS"
INVOCATION_VARIABLE = "PILOTLIGHT_STAND_IN_INVOCATION_SECONDS"
STAND_IN_HEADER = "X-Pilotlight-Stand-In"


class StandIn:
    """Answers every request after the declared service time with a label, never with a made-up inference.

    ready_at: `time.monotonic()` from which on it is ready. invocation_s: seconds per answer, on the wall.
    """

    def __init__(self, *, image: str, why: str, ready_at: float, invocation_s: float) -> None:
        self._image = image
        self._why = why
        self._ready_at = ready_at
        self._invocation_s = invocation_s

    def ping(self) -> Answer:
        """Status 200 once the declared start time is over, 503 before."""
        ready = time.monotonic() >= self._ready_at
        return Answer(HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE, headers=self._label)

    def invoke(self, body: bytes, headers: Mapping[str, str]) -> Answer:  # noqa: ARG002 - headers do not matter to it
        """The label, after the declared service time."""
        time.sleep(self._invocation_s)
        document = {
            "pilotlight_stand_in": {"image": self._image, "why": self._why, "request_bytes": len(body)},
            "generated_text": f"(a stand-in answered: {self._why})",
        }
        return Answer(HTTPStatus.OK, json.dumps(document).encode(), "application/json", headers=self._label)

    @property
    def _label(self) -> Mapping[str, str]:
        return {STAND_IN_HEADER: self._why}


def main() -> None:
    """Serve until the process is ended."""
    stand_in = StandIn(
        image=os.environ[IMAGE_VARIABLE],
        why=os.environ[WHY_VARIABLE],
        ready_at=time.monotonic() + float(os.environ[START_VARIABLE]),
        invocation_s=float(os.environ[INVOCATION_VARIABLE]),
    )
    with ContainerServer(int(os.environ[PORT_VARIABLE]), stand_in, Executions.from_environment()) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
