"""A multi-model container that starts fast: a model says its word before what it is asked."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.container_server import ContainerServer
from pilotlight.local.containers.executions import Executions
from pilotlight.local.containers.many_models import Invoke, ManyModels


class Healthy:
    """A container without a start-up time."""

    def ping(self) -> Answer:
        """Healthy."""
        return Answer()


def load(folder: Path) -> Invoke:
    """Read the word of a model, slowly if asked to: after seconds, or once there is a file."""
    word = (folder / "word").read_bytes()
    time.sleep(float(os.environ.get("LOAD_SECONDS", "0")))
    while not Path(os.environ.get("LOAD_FILE", "/")).exists():
        time.sleep(0.002)

    def invoke(body: bytes, headers: Mapping[str, str]) -> Answer:
        if body.startswith(b"sleep "):
            time.sleep(float(body.split()[1]))
        if body == b"headers":
            return Answer(200, "\n".join(sorted(headers)).encode(), "text/plain")
        return Answer(500 if body == b"fail" else 200, word + b" " + body, "text/plain")

    return invoke


limit = os.environ.get("LIMIT")
models = ManyModels(Healthy(), load, None if limit is None else int(limit))
ContainerServer(
    int(os.environ["SAGEMAKER_BIND_TO_PORT"]), models, Executions.from_environment()
).serve_forever()
