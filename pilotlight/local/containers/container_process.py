"""A container's process under its guardian."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock

from pilotlight.local.containers import guardian

GRACE_S = 2.0
"""Seconds on the wall between SIGTERM and SIGKILL. SageMaker gives 30, too long for watching."""


class ContainerProcess:
    """Runs a command that ends with this process, however this process ends.

    environment: all of it, nothing is inherited. log: file that gets everything it prints.
    in_terminal: Ctrl-C in the terminal of this process ends it too. Default: it hears nothing of terminals.
    Raises OSError when the command cannot be started.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        folder: Path,
        log: Path,
        in_terminal: bool = False,
    ) -> None:
        self._stopping = Lock()
        with log.open("ab") as output:
            self._guardian = subprocess.Popen(  # noqa: S603 - the command comes from the container's plan
                [sys.executable, "-I", "-S", guardian.__file__, str(GRACE_S), *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                env=dict(environment),
                cwd=folder,
                start_new_session=not in_terminal,
                bufsize=0,  # a line left in a buffer would fail once more when the pipe is closed
            )
        assert self._guardian.stdout is not None  # noqa: S101 - it is a pipe
        with self._guardian.stdout as first_line:
            announced = first_line.readline()
        if not announced:
            self.stop()
            msg = f"could not start {command[0]}, see {log}"
            raise OSError(msg)
        self.pid = int(announced)

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self._guardian.poll() is not None

    @property
    def exit_code(self) -> int | None:
        """What it ended with; None while it runs."""
        return self._guardian.poll()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the end of the process; False when it still runs after the time-out."""
        try:
            self._guardian.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> None:
        """End it in order, by force after the grace. It is gone when this returns."""
        assert self._guardian.stdin is not None  # noqa: S101 - it is a pipe
        with self._stopping:  # who comes second must not meet a pipe that is just being closed
            with suppress(BrokenPipeError, ValueError):  # it ended by itself, or was stopped before
                self._guardian.stdin.write(b"\n")
            self._guardian.wait()
            self._guardian.stdin.close()
