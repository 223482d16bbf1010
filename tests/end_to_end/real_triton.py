"""A real Triton that speaks SageMaker's multi-model API, for tests of what it makes of an archive."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pilotlight.local.containers.container_process import ContainerProcess
from pilotlight.local.containers.free_port import free_port
from pilotlight.local.containers.models_api import ModelsApi
from pilotlight.local.containers.safe_unpack import unpack
from pilotlight.local.containers.triton_host import TritonHost

WITHIN_S = 180.0


class RealTriton:
    """Loads archives as SageMaker does, and asks them. folder: for the unpacked archives."""

    def __init__(self, api: ModelsApi, folder: Path) -> None:
        self.api = api
        self._folder = folder

    def load(self, name: str, archive: Path) -> tuple[int, str]:
        """Unpack and load an archive under a name; gives Triton's status and words."""
        folder = self._folder / name
        if not folder.exists():
            folder.mkdir(parents=True)
            with archive.open("rb") as file:
                unpack(file, folder)
        answer = self.api.load(name, str(folder), WITHIN_S)
        return answer.status, answer.body.decode()

    def ask(self, name: str, **inputs: tuple[str, list[int], list[Any]]) -> dict[str, list[Any]]:
        """Invoke a model; an input is its data type, shape and data. Gives the data of the outputs."""
        tensors = [
            {"name": key, "datatype": kind, "shape": shape, "data": data}
            for key, (kind, shape, data) in inputs.items()
        ]
        answer = self.api.invoke(name, json.dumps({"inputs": tensors}).encode(), {}, WITHIN_S)
        assert answer.status == http.client.OK, answer.body.decode()
        return {output["name"]: output["data"] for output in json.loads(answer.body)["outputs"]}


@contextmanager
def running_triton(folder: Path) -> Iterator[RealTriton]:
    """Start a Triton that has passed its check. Raises TritonUnavailable with the reason."""
    host = TritonHost(folder)
    place = folder / "server"
    place.mkdir()
    port = free_port()
    server = host.server(place, port)
    log = folder / "triton.log"
    variables = {"TMPDIR": str(place), **server.variables}
    process = ContainerProcess(server.command, environment=variables, folder=place, log=log)
    try:
        api = ModelsApi(port)
        _wait(api, process, log)
        yield RealTriton(api, folder / "models")
    finally:
        process.stop()


def _wait(api: ModelsApi, process: ContainerProcess, log: Path) -> None:
    give_up = time.monotonic() + WITHIN_S
    while time.monotonic() < give_up and not process.has_ended:
        try:
            api.loaded()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"Triton does not answer: {log.read_text()[-2000:]}")
