"""Containers for images: real processes with the real artefact."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from pilotlight.catalog.framework_environment import SCRIPT_ENVIRONMENT
from pilotlight.local.containers.container import Container, ContainerGoneError, NoContentLengthError
from pilotlight.local.containers.container_host import ContainerHost, ContainerName
from pilotlight.local.containers.image_catalogue import ImageRefused, Label
from pilotlight.local.containers.safe_unpack import ArtefactRefused
from pilotlight.local.containers.service_time import ServiceTime
from pilotlight.local.control_plane.container_definition import ContainerDefinition
from pilotlight.local.home import Home

pytestmark = pytest.mark.thorough

SKLEARN = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.4-2-cpu-py3"
LLM = "763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-vllm:0.21.0-gpu-py312"
MINE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/mine:1"
NAME = ContainerName("tickets", "AllTraffic", 1)
HEALTHY_WITHIN_S = 120.0

SERVE = """
import http.server, os, sys, time
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.send_header("Content-Length", "0"); self.end_headers()
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if body == "die": os._exit(1)
        if body == "hang up": return
        if body == "sleep": time.sleep(60)
        self.send_response(200)
        if body != "no length": self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())
port = int(os.environ["SAGEMAKER_BIND_TO_PORT"])
http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


@pytest.fixture
def host(home: Home, aws: Any, ticket_intent_tarball: bytes) -> ContainerHost:
    """A host that finds the example model, and the command of an image of one's own."""
    aws.s3.objects["models", "tickets.tar.gz"] = ticket_intent_tarball
    commands = {MINE: [sys.executable, "-S", "-c", SERVE]}
    return ContainerHost(home, aws, time_scale=60, commands=commands, service_time=ServiceTime(0, 0))


@contextmanager
def running(host: ContainerHost, definition: ContainerDefinition) -> Iterator[Container]:
    """A container, stopped after the block."""
    container = host.launch(definition, NAME, network_isolation=True)
    try:
        assert container.becomes_healthy(HEALTHY_WITHIN_S), container.log.read_text()
        yield container
    finally:
        container.stop()


def test_scikit_learn_container_runs_the_real_script_of_the_real_artefact(
    host: ContainerHost, home: Home
) -> None:
    """From the packed artefact in S3 to the right answer; errors of the script are 500."""
    definition = ContainerDefinition(
        image=SKLEARN, model_data_url="s3://models/tickets.tar.gz", environment=dict(SCRIPT_ENVIRONMENT)
    )
    headers = {"Content-Type": "application/json", "X-Amzn-SageMaker-Inference-Id": "ticket-1"}
    with running(host, definition) as container:
        good = container.invoke(b'{"text": "Where is my parcel?"}', headers, 60)
        bad = container.invoke(b'{"text": ""}', headers, 60)
        executions = container.executions()

    assert "delivery" == json.loads(good.body)["predictions"][0]["intent"]
    assert (200, "application/json", 500) == (good.status, good.content_type, bad.status)
    assert (2, Label.REAL) == (executions, container.plan.label)
    assert "ticket 0 has no text" in host.log_file(NAME).read_text()
    assert ["ticket-1", "ticket-1"] == host.executions_file("tickets").read_text().split()


def test_stand_in_container_is_labelled(host: ContainerHost) -> None:
    """A GPU image gets a stand-in, which needs no artefact."""
    definition = ContainerDefinition(image=LLM, model_data_url="s3://models/eighty-gigabytes.tar.gz")
    with running(host, definition) as container:
        answer = container.invoke(b"{}", {}, 60)

    assert LLM == json.loads(answer.body)["pilotlight_stand_in"]["image"]
    assert ("the image needs a GPU", Label.STAND_IN) == (
        answer.headers["X-Pilotlight-Stand-In"],
        container.plan.label,
    )


def test_calls_to_a_container_end_as_they_should(host: ContainerHost) -> None:
    """An answer, no answer in time, a closed connection, no length, a dead container: each is told apart."""
    with running(host, ContainerDefinition(image=MINE)) as container:
        assert b"hello" == container.invoke(b"hello", {}, 60).body
        with pytest.raises(TimeoutError):
            container.invoke(b"sleep", {}, 0.05)
        with pytest.raises(NoContentLengthError, match="did not specify the required Content-Length"):
            container.invoke(b"no length", {}, 60)
        with pytest.raises(ContainerGoneError):
            container.invoke(b"die", {}, 60)
        assert container.has_ended
        with pytest.raises(ContainerGoneError):
            container.invoke(b"hello", {}, 60)


def test_container_that_hangs_up_is_not_gone(host: ContainerHost, monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed connection is the model's failure as long as the container lives."""
    monkeypatch.setattr("pilotlight.local.containers.container._ENDED_WITHIN_S", 0.05)
    with (
        running(host, ContainerDefinition(image=MINE)) as container,
        pytest.raises(ConnectionError, match="closed the connection") as raised,
    ):
        container.invoke(b"hang up", {}, 60)
    assert not isinstance(raised.value, ContainerGoneError)


def test_container_that_ends_does_not_become_healthy(host: ContainerHost, home: Home, aws: Any) -> None:
    """It is not waited for until the health check's time is over."""
    broken = ContainerHost(home, aws, commands={MINE: [sys.executable, "-S", "-c", "raise SystemExit('no')"]})
    container = broken.launch(ContainerDefinition(image=MINE), NAME, network_isolation=True)

    assert not container.becomes_healthy(3600)
    assert "no" in container.log.read_text()
    container.stop()


def test_killed_container_has_ended(host: ContainerHost) -> None:
    """The process id is the container's own."""
    with running(host, ContainerDefinition(image=MINE)) as container:
        os.kill(container.pid, signal.SIGKILL)
        container.wait_for_end()

        assert container.has_ended
        assert not container.is_healthy()


def test_fails_when_the_artefact_is_missing(host: ContainerHost) -> None:
    """A container without its model is not started."""
    with pytest.raises(ArtefactRefused, match=r"s3://models/other\.tar\.gz"):
        host.launch(
            ContainerDefinition(image=SKLEARN, model_data_url="s3://models/other.tar.gz"),
            NAME,
            network_isolation=True,
        )


def test_fails_when_the_image_cannot_run_here(host: ContainerHost) -> None:
    """Nothing is started that would pretend."""
    with pytest.raises(ImageRefused):
        host.launch(ContainerDefinition(image="somebody/else:1"), NAME, network_isolation=True)
