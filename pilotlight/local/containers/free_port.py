"""Finds a port for a container."""

from __future__ import annotations

import socket
from collections import deque
from random import SystemRandom
from threading import Lock
from typing import Final

FIRST, LAST = 20_000, 32_767
"""Below the ports that Linux (from 32768) and macOS (from 49152) give to outgoing connections.

One of those would take the port of a container in the second before it listens.
"""

_REMEMBERED: Final = 1000
_given: Final[deque[int]] = deque(maxlen=_REMEMBERED)
_one_at_a_time: Final = Lock()


def free_port() -> int:
    """Give a port that is free, and that this process gave to nobody else lately.

    If another program takes it all the same, the container ends and is replaced.
    """
    with _one_at_a_time:
        port = next(each for each in _ports() if each not in _given and _is_free(each))
        _given.append(port)
    return port


def _ports() -> list[int]:
    """All of them, in an order of its own: another emulator on this machine looks for one too."""
    ports = [*range(FIRST, LAST + 1)]
    SystemRandom().shuffle(ports)
    return ports


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
