"""A container that answers in capitals; it fails on `fail`, counts, thinks, and tells its orders."""

from __future__ import annotations

import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ORDERS = ("SAGEMAKER_BATCH", "SAGEMAKER_MAX_PAYLOAD_IN_MB", "SAGEMAKER_BATCH_STRATEGY")


class Handler(BaseHTTPRequestHandler):
    """Speaks the container contract of batch transform."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer pings, and say that every record should come alone."""
        parameters = json.dumps({"BatchStrategy": "SINGLE_RECORD"}).encode()
        self._answer(200, parameters if self.path == "/execution-parameters" else b"")

    def do_POST(self) -> None:
        """Answer a request."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if body.startswith(b"count"):
            self._answer(200, str(len(body.split())).encode())
        elif body.startswith(b"think"):
            sys.stderr.write("thinking\n")
            time.sleep(300)
        elif body.startswith(b"env"):
            self._answer(200, " ".join(os.environ.get(name, "-") for name in ORDERS).encode())
        else:
            self._answer(500 if b"fail" in body else 200, body.upper())

    def log_message(self, format: str, *args: object) -> None:
        """Be quiet."""

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("127.0.0.1", int(os.environ["SAGEMAKER_BIND_TO_PORT"])), Handler).serve_forever()
