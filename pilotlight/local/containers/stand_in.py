"""The process that stands in for an image that needs a GPU: it takes its time, and every answer says so."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path

from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.container_environment import MULTI_MODEL_VARIABLE
from pilotlight.local.containers.container_server import ContainerServer
from pilotlight.local.containers.executions import Executions
from pilotlight.local.containers.framework_runner import PORT_VARIABLE
from pilotlight.local.containers.many_models import Invoke, Load, ManyModels
from pilotlight.local.containers.text_request import TextRequest

IMAGE_VARIABLE = "PILOTLIGHT_STAND_IN_IMAGE"
WHY_VARIABLE = "PILOTLIGHT_STAND_IN_WHY"
START_VARIABLE = "PILOTLIGHT_STAND_IN_START_SECONDS"
LOAD_VARIABLE = "PILOTLIGHT_STAND_IN_LOAD_SECONDS"
INVOCATION_VARIABLE = "PILOTLIGHT_STAND_IN_INVOCATION_SECONDS"
STAND_IN_HEADER = "X-Pilotlight-Stand-In"

ANSWER_KEY = "pilotlight_stand_in"
"""What every answer has in which nothing was inferred."""


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
        """The label, after the declared service time; more text takes longer, in proportion."""
        asked = TextRequest.parse(body)
        takes_s = self._invocation_s * asked.share
        if asked.streams:
            parts = self._streamed(takes_s)
            return Answer(HTTPStatus.OK, b"", "application/jsonlines", headers=self._label, parts=parts)
        time.sleep(takes_s)
        document = {
            ANSWER_KEY: {"image": self._image, "why": self._why, "request_bytes": len(body)},
            "generated_text": self._text,
        }
        return Answer(HTTPStatus.OK, json.dumps(document).encode(), "application/json", headers=self._label)

    def _streamed(self, takes_s: float) -> Iterator[bytes]:
        words = self._text.split()
        for word in words:
            time.sleep(takes_s / len(words))
            yield json.dumps({"token": {"text": f"{word} "}}).encode() + b"\n"

    @property
    def _text(self) -> str:
        return f"(a stand-in answered: {self._why})"

    @property
    def _label(self) -> Mapping[str, str]:
        return {STAND_IN_HEADER: self._why}


def _load_after_its_time(stand_in: StandIn) -> Load:
    """Loads nothing, for as long as is declared."""
    load_s = float(os.environ[LOAD_VARIABLE])

    def load(folder: Path) -> Invoke:
        del folder
        time.sleep(load_s)
        return stand_in.invoke

    return load


def main() -> None:
    """Serve until the process is ended."""
    stand_in = StandIn(
        image=os.environ[IMAGE_VARIABLE],
        why=os.environ[WHY_VARIABLE],
        ready_at=time.monotonic() + float(os.environ[START_VARIABLE]),
        invocation_s=float(os.environ[INVOCATION_VARIABLE]),
    )
    is_multi_model = os.environ.get(MULTI_MODEL_VARIABLE) == "true"
    application = ManyModels(stand_in, _load_after_its_time(stand_in)) if is_multi_model else stand_in
    with ContainerServer(
        int(os.environ[PORT_VARIABLE]), application, Executions.from_environment()
    ) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
