"""Counts what a container executed, also beyond its death: proof that nothing ran more often than told."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock

EXECUTIONS_FILE_VARIABLE = "PILOTLIGHT_EXECUTIONS_FILE"
"""Environment variable of a container: the file that gets one line per execution, the inference id."""


class Executions:
    """The executions of one container. file: where each is noted; default: nowhere."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._lock = Lock()
        self.count = 0

    @classmethod
    def from_environment(cls) -> Executions:
        """The executions of the container whose process this is."""
        name = os.environ.get(EXECUTIONS_FILE_VARIABLE)
        return cls(None if name is None else Path(name))

    def note(self, inference_id: str) -> None:
        """Note that an execution begins. One short write in append mode: containers share the file."""
        with self._lock:
            self.count += 1
            if self._file is not None:
                with self._file.open("ab", buffering=0) as file:
                    file.write(f"{inference_id}\n".encode())
