"""Finds a port for a container."""

from __future__ import annotations

import socket


def free_port() -> int:
    """A port that was free just now; if another program takes it first, the container is replaced."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
