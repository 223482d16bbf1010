"""Checks that an installed Triton computes: a probe model with a known answer, on a server of its own."""

from __future__ import annotations

import http.client
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pilotlight.local.containers.container_process import ContainerProcess
from pilotlight.local.containers.free_port import free_port
from pilotlight.local.containers.models_api import ModelsApi
from pilotlight.local.containers.triton_environment import TritonEnvironment, TritonUnavailable
from pilotlight.local.containers.triton_server import TritonServer

EXPECTED = [6.0, 7.0, 8.0, 9.0]
"""1, 2, 3, 4, each plus the five letters of "probe"; with NumPy 2 each element would read as the first."""

_REQUEST = {
    "inputs": [
        {"name": "NUMBERS", "shape": [4], "datatype": "FP32", "data": [1, 2, 3, 4]},
        {"name": "TEXT", "shape": [1], "datatype": "BYTES", "data": ["probe"]},
    ]
}
_PROBE = Path(__file__).with_name("triton_probe")
_WITHIN_S = 60.0


def check_triton(environment: TritonEnvironment, folder: Path) -> None:
    """Run the probe. folder: for its files, removed afterwards. Raises TritonUnavailable with the reason."""
    log = folder.with_suffix(".log")
    try:
        with _running(environment, folder, log) as port:
            got = _answer_of(ModelsApi(port), _write_probe(folder))
    except (OSError, http.client.HTTPException, KeyError, ValueError) as error:
        msg = f"its check failed: {error} (its log: {log})"
        raise TritonUnavailable(msg) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if got != EXPECTED:
        hint = f"is there NumPy 2 in {environment.folder}?"
        msg = f"its check failed: the probe model must answer {EXPECTED}, got {got} ({hint})"
        raise TritonUnavailable(msg)
    log.unlink(missing_ok=True)


@contextmanager
def _running(environment: TritonEnvironment, folder: Path, log: Path) -> Iterator[int]:
    """A server that answers; gives its port."""
    folder.mkdir(parents=True)
    port = free_port()
    server = TritonServer(environment, folder, port, f"pilotlight-check-{port}-")
    server.prepare()
    process = ContainerProcess(
        server.command, environment={"TMPDIR": str(folder), **server.variables}, folder=folder, log=log
    )
    try:
        _wait(process, port)
        yield port
    finally:
        process.stop()


def _wait(process: ContainerProcess, port: int) -> None:
    give_up = time.monotonic() + _WITHIN_S
    while time.monotonic() < give_up and not process.has_ended:
        try:
            ModelsApi(port).loaded()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        else:
            return
    msg = "the server ended" if process.has_ended else f"the server did not answer within {_WITHIN_S:.0f} s"
    raise TimeoutError(msg)


def _write_probe(folder: Path) -> Path:
    """The folder that a probe model is loaded from."""
    repository = folder / "probe-repository"
    version = repository / "probe" / "1"
    version.mkdir(parents=True)
    shutil.copy(_PROBE / "config.pbtxt", version.parent)
    shutil.copy(_PROBE / "model.py", version)
    return repository


def _answer_of(api: ModelsApi, repository: Path) -> list[float]:
    loaded = api.load("probe-1", str(repository), _WITHIN_S)
    if not loaded.is_success:
        msg = f"the probe model could not be loaded: {loaded.body.decode(errors='replace')}"
        raise ValueError(msg)
    answer = api.invoke("probe-1", json.dumps(_REQUEST).encode(), {}, _WITHIN_S)
    sums: list[float] = json.loads(answer.body)["outputs"][0]["data"]
    return sums
