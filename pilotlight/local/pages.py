"""The pages of our own that the emulator process answers, beside AWS's API."""

from __future__ import annotations

import json
from contextlib import closing
from http.client import HTTPConnection
from typing import Any

HEALTH_PATH = "/_pilotlight/health"
"""Tells that the process answers, and which one it is."""

STATUS_PATH = "/_pilotlight/status"
"""Tells what no AWS API tells: containers, and the backlog at this moment."""

_PATIENCE_S = 30.0


def read_page(port: int, path: str) -> dict[str, Any]:
    """The content of a page. Raises OSError, HTTPException or ValueError when nobody of ours answers."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)) as connection:
        connection.request("GET", path)
        content: dict[str, Any] = json.load(connection.getresponse())
        return content
