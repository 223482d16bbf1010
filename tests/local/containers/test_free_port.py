"""Ports of containers: free, of their own, and none that a connection could take."""

from __future__ import annotations

import socket
from pathlib import Path

from pilotlight.local.containers.free_port import FIRST, LAST, free_port

LINUX = Path("/proc/sys/net/ipv4/ip_local_port_range")


def test_no_port_is_given_twice() -> None:
    """Two containers that start at once would both think that they are healthy."""
    ports = [free_port() for _ in range(200)]
    assert 200 == len({*ports})


def test_outgoing_connections_never_take_a_port_of_containers() -> None:
    """As far as the system says from where it takes those."""
    first_outgoing = int(LINUX.read_text().split()[0]) if LINUX.exists() else LAST + 1
    assert all(FIRST <= free_port() < first_outgoing for _ in range(50))


def test_a_port_that_is_taken_is_not_given() -> None:
    """By another program, for example."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port()))
        port = taken.getsockname()[1]
        assert port not in {free_port() for _ in range(500)}
