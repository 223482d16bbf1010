"""The real Triton of one emulator: found and checked once, when the first endpoint wants it."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex
from threading import Lock

from pilotlight.local.containers.triton_check import check_triton
from pilotlight.local.containers.triton_environment import TritonEnvironment, TritonUnavailable
from pilotlight.local.containers.triton_server import TritonServer


class TritonHost:
    """Makes Triton servers. Thread-safe. temporary: for the files of the check."""

    def __init__(self, temporary: Path) -> None:
        self._temporary = temporary
        self._lock = Lock()
        self._found: TritonEnvironment | TritonUnavailable | None = None

    def environment(self) -> TritonEnvironment:
        """The installed Triton, which has passed its check; takes seconds the first time.

        Raises TritonUnavailable with the reason, the same one every time.
        """
        with self._lock:
            if self._found is None:
                self._found = self._checked()
        if isinstance(self._found, TritonUnavailable):
            raise TritonUnavailable(str(self._found))
        return self._found

    def server(self, folder: Path, port: int) -> TritonServer:
        """A server, ready to start. Raises TritonUnavailable."""
        name = f"pilotlight-{os.getpid()}-{token_hex(4)}-"
        server = TritonServer(self.environment(), folder, port, name)
        server.prepare()
        return server

    def _checked(self) -> TritonEnvironment | TritonUnavailable:
        try:
            environment = TritonEnvironment.find()
            check_triton(environment, self._temporary / f"triton-check-{token_hex(4)}")
        except TritonUnavailable as unavailable:
            return unavailable
        return environment
