"""Ends a container when the emulator that started it is gone, however it went.

Run as a file, not as a module, with nothing but the standard library, so that it starts in a few
milliseconds:

    python -I -S guardian.py <grace seconds> <command> …

The emulator holds the other end of this process's standard input. A line there asks for an orderly end
(SIGTERM, then SIGKILL after the grace); its end of file means that the emulator died, and the container is
killed at once. A signal that asks this process to end, such as Ctrl-C in a terminal, asks the container. The
first line of standard output is the process id of the container; its output goes to this process's standard
error. Shared memory that the container leaves behind when it is killed is removed.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

SHARED_MEMORY_VARIABLE = "PILOTLIGHT_SHARED_MEMORY"
"""Environment variable: what the names of the container's shared memory begin with. Default: it has none."""

_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - POSIX shared memory of Linux, not a place we choose
_PR_SET_PDEATHSIG = 1


def main() -> int:
    """Run the container and watch; gives the container's exit code."""
    grace_s, command = float(sys.argv[1]), sys.argv[2:]
    container = subprocess.Popen(  # noqa: S603 - runs what the emulator names
        command,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        stderr=sys.stderr,
        start_new_session=True,
        preexec_fn=_die_with_guardian,  # noqa: PLW1509 - there is only one thread yet
    )
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: _signal_all(container.pid, signal.SIGTERM))
    sys.stdout.write(f"{container.pid}\n")
    sys.stdout.flush()
    threading.Thread(target=_watch, args=(container, grace_s), daemon=True).start()
    with contextlib.suppress(ChildProcessError):  # the thread that watches was faster to see it end
        os.waitid(os.P_PID, container.pid, os.WEXITED | os.WNOWAIT)
    _signal_all(container.pid, signal.SIGKILL)  # what it started, while its id is still taken
    _remove_shared_memory()
    return container.wait()


def _die_with_guardian() -> None:
    """A death signal is right here, and only here: this process's one thread lives as long as the process."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _watch(container: subprocess.Popen[bytes], grace_s: float) -> None:
    if os.read(sys.stdin.fileno(), 1):
        _signal_all(container.pid, signal.SIGTERM)
        try:
            container.wait(grace_s)
        except subprocess.TimeoutExpired:
            _signal_all(container.pid, signal.SIGKILL)
        return
    _signal_all(container.pid, signal.SIGKILL)


def _remove_shared_memory() -> None:
    prefix = os.environ.get(SHARED_MEMORY_VARIABLE)
    for file in _SHARED_MEMORY.glob(f"{prefix}*") if prefix else ():
        file.unlink(missing_ok=True)


def _signal_all(group: int, number: signal.Signals) -> None:
    """Signal the container with everything it started; what is gone already is fine."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)


if __name__ == "__main__":
    sys.exit(main())
