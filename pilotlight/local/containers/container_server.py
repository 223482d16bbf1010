"""The HTTP side of SageMaker's container contract: GET /ping and POST /invocations on the loopback interface.

An application of many models also gets what is below /models. Beyond the contract, GET /executions tells
how many invocations this process began.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, Protocol, runtime_checkable

from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.executions import Executions

INFERENCE_ID_HEADER = "X-Amzn-SageMaker-Inference-Id"

_ROUTES = {"/ping": "GET", "/invocations": "POST", "/executions": "GET"}


class Application(Protocol):
    """What a container does behind its two routes; called from several threads."""

    def ping(self) -> Answer:
        """Tell whether it is ready: status 200 when it is."""

    def invoke(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Answer one inference. Names of headers compare without regard to case."""


@runtime_checkable
class ModelsApplication(Protocol):
    """What a container of many models does below /models; called from several threads."""

    def answer_models(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Load, list, unload or invoke a model. path: what follows /models."""


class ContainerServer(ThreadingHTTPServer):
    """Serves an application on a port of 127.0.0.1."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, application: Application, executions: Executions) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.application = application
        self.executions = executions

    def server_bind(self) -> None:
        """Bind without the look-up of the machine's name that the base class does: it may take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]


class Headers(Mapping[str, str]):
    """The headers of a request; names compare without regard to case."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._values = {name.lower(): value for name, value in headers.items()}

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are two writes: the second would wait 40 ms
    server: ContainerServer

    def _answer(self) -> Answer:
        path = self.path.partition("?")[0]
        if path.startswith("/models") and isinstance(self.server.application, ModelsApplication):
            return self._answer_models(self.server.application, path.removeprefix("/models"))
        self.close_connection = path != "/invocations"  # the body of anything else is left unread
        if path not in _ROUTES:
            return Answer(HTTPStatus.NOT_FOUND, b"{}")
        if self.command != _ROUTES[path]:
            self.close_connection = True
            return Answer(HTTPStatus.METHOD_NOT_ALLOWED, b"", headers={"Allow": _ROUTES[path]})
        if path == "/ping":
            return self.server.application.ping()
        if path == "/executions":
            count = json.dumps({"executions": self.server.executions.count})
            return Answer(HTTPStatus.OK, count.encode(), "application/json")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.executions.note(self.headers.get(INFERENCE_ID_HEADER, "-"))
        return self.server.application.invoke(body, Headers(dict(self.headers.items())))

    def _answer_models(self, application: ModelsApplication, path: str) -> Answer:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if path.endswith("/invoke"):
            self.server.executions.note(self.headers.get(INFERENCE_ID_HEADER, "-"))
        return application.answer_models(self.command, path, body, Headers(dict(self.headers.items())))

    def _respond(self) -> None:
        answer = self._answer()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.content_type is not None:
            self.send_header("Content-Type", answer.content_type)
        if answer.parts is None:
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
        else:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self._send_chunks(answer.parts)

    def _send_chunks(self, parts: Iterator[bytes]) -> None:
        for part in parts:
            self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    do_GET = do_POST = do_PUT = do_DELETE = _respond  # noqa: N815 - names that the base class looks for

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Log invocations only: a ping every few milliseconds would bury them."""
        if self.path != "/ping":
            super().log_request(code, size)
