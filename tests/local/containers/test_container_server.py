"""The HTTP side of the container contract."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.container_server import ContainerServer
from pilotlight.local.containers.executions import Executions


class Echo:
    """Answers with what it was asked."""

    def ping(self) -> Answer:
        """Always ready."""
        return Answer()

    def invoke(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The body and the content type that came."""
        return Answer(201, body, headers["content-type"], {"X-Seen": headers["CONTENT-TYPE"]})


@contextmanager
def serving(executions: Executions) -> Iterator[http.client.HTTPConnection]:
    """A connection to a served echo."""
    with ContainerServer(0, Echo(), executions) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
        try:
            yield connection
        finally:
            connection.close()
            server.shutdown()
            thread.join()


@pytest.fixture
def connection() -> Iterator[http.client.HTTPConnection]:
    """A connection to a served echo whose executions nobody keeps."""
    with serving(Executions()) as served:
        yield served


def test_ping_answers_200_with_an_empty_body(connection: http.client.HTTPConnection) -> None:
    """The health check of SageMaker's container contract."""
    connection.request("GET", "/ping")
    response = connection.getresponse()

    assert (200, b"") == (response.status, response.read())


def test_invocation_reaches_the_application(connection: http.client.HTTPConnection) -> None:
    """Everything goes in and comes out; names of headers have no case."""
    connection.request("POST", "/invocations", b"hello", {"content-TYPE": "text/x"})
    response = connection.getresponse()

    assert (201, b"hello", "text/x", "text/x") == (
        response.status,
        response.read(),
        response.getheader("Content-Type"),
        response.getheader("X-Seen"),
    )


def test_one_connection_serves_many_invocations(connection: http.client.HTTPConnection) -> None:
    """Connections stay open between invocations."""
    for body in (b"1", b"2", b"3"):
        connection.request("POST", "/invocations", body, {"Content-Type": "text/x"})
        assert body == connection.getresponse().read()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 404), ("GET", "/invocations", 405), ("POST", "/ping", 405), ("DELETE", "/models/x", 404)],
)
def test_fails_when_the_route_is_not_in_the_contract(
    connection: http.client.HTTPConnection, method: str, path: str, status: int
) -> None:
    """Nothing but the two routes, and ours that counts."""
    connection.request(method, path)

    assert status == connection.getresponse().status


def test_executions_are_counted_and_noted(tmp_path: Path) -> None:
    """Each invocation counts once, when it begins; the file outlives the process."""
    noted = tmp_path / "executions.txt"
    with serving(Executions(noted)) as connection:
        for number in ("one", "two"):
            headers = {"Content-Type": "text/x", "X-Amzn-SageMaker-Inference-Id": number}
            connection.request("POST", "/invocations", b"", headers)
            connection.getresponse().read()
        connection.request("GET", "/executions")
        count = json.loads(connection.getresponse().read())

    assert {"executions": 2} == count
    assert ["one", "two"] == noted.read_text().splitlines()
