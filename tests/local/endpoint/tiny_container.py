"""A container that starts fast and does what the body says: fail, refuse, sleep, burn, wait, hand on.

READY_FILE names a file that it waits for before it answers anything.
"""

from __future__ import annotations

import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MODEL = os.environ.get("PILOTLIGHT_MODEL", "")


def wait_for(file: str) -> None:
    """Wait for a file."""
    while not Path(file).exists():
        time.sleep(0.002)


def take_time(word: str, rest: str) -> None:
    """Sleep, be busy, or wait for a file."""
    if word == "sleep":
        time.sleep(float(rest))
    if word == "burn":
        end = time.monotonic() + float(rest)
        while time.monotonic() < end:
            pass
    if word == "wait":
        wait_for(rest)


class Handler(BaseHTTPRequestHandler):
    """SageMaker's two routes."""

    def do_GET(self) -> None:
        """Healthy."""
        self._answer(200, b"")

    def do_POST(self) -> None:
        """An answer in capitals."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with Path(os.environ["PILOTLIGHT_EXECUTIONS_FILE"]).open("a") as file:
            file.write(f"{self.headers['X-Amzn-SageMaker-Inference-Id']}\n")
        word, _, rest = body.partition(" ")
        take_time(word, rest)
        if word == "headers":
            body = "\n".join(f"{name}: {value}" for name, value in sorted(self.headers.items()))
        if word == "then":  # for the next container of a pipeline, in which it is a word again
            self._answer(200, rest.encode())
            return
        if word in {"model", "crash-other"}:  # say which one answers
            body = f"{body if word == 'model' else rest} of {MODEL}"
        statuses = {"fail": 500, "refuse": 415, f"crash-{MODEL}": 500}
        self._answer(statuses.get(word, 200), body.upper().encode())

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if "broken" in sys.argv:
    sys.exit("this image does not start")
if "READY_FILE" in os.environ:
    wait_for(os.environ["READY_FILE"])
ThreadingHTTPServer.request_queue_size = 64
ThreadingHTTPServer(("127.0.0.1", int(os.environ["SAGEMAKER_BIND_TO_PORT"])), Handler).serve_forever()
