"""Starts the emulator process, tells whether it runs, ends it, and clears up after one that was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from http.client import HTTPException
from pathlib import Path

from pilotlight.local.home import Home, ServerRecord
from pilotlight.local.pages import HEALTH_PATH, read_page
from pilotlight.local.refusal import LocalRefused

_START_WITHIN_S = 60.0
_STOP_WITHIN_S = 30.0
_PAUSE_S = 0.02
_LOG_TAIL_LINES = 5


def running(home: Home) -> ServerRecord | None:
    """The emulator that answers for `home`, or None; a stale `server.json` is nobody's."""
    record = home.read_server()
    if record is None or not _alive(record.pid):
        return None
    return record if _answers(record) else None


def refuse_unfit(home: Home) -> None:
    """Look whether an emulator may start in `home`.

    Raises:
        LocalRefused: one runs there, or files of others are there, or nobody may look.
    """
    try:
        reason = _why_unfit(home)
    except OSError as error:
        raise _unusable(home, error) from None
    if reason is not None:
        raise LocalRefused(reason)


def _why_unfit(home: Home) -> str | None:
    if home.root.exists() and not home.root.is_dir():
        return f"{home.root} is no folder (--home names the folder of everything an embedded AWS writes)"
    found = running(home)
    if found is not None:
        where = f"in {home.root} on port {found.port}"
        return f"an embedded AWS already runs {where} (stop it with: pilotlight local down{home.option})"
    if not (home.is_free or home.is_ours):
        return f"{home.root} holds other files, which could be lost (--home names a new or an empty folder)"
    return None


def _unusable(home: Home, error: OSError) -> LocalRefused:
    reason = (error.strerror or type(error).__name__).lower()
    return LocalRefused(f"{home.root} cannot be used: {reason} (--home names a folder that can be written)")


def start(
    home: Home, arguments: Sequence[str], *, tied: bool
) -> tuple[subprocess.Popen[bytes], ServerRecord]:
    """Start an emulator and wait until it answers.

    `tied` ends it with this process, whatever happens; otherwise it lives until it is stopped.

    Raises:
        LocalRefused: the home is unfit, or it did not start; the message holds the reason.
    """
    refuse_unfit(home)
    stop(home)
    _create(home)
    command = [sys.executable, "-m", "pilotlight.local.server", "--home", str(home.root), *arguments]
    with home.log_file.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own module
            [*command, "--tied"] if tied else command,
            stdin=subprocess.PIPE if tied else subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        return process, _wait_until_ready(home, process)
    except BaseException:  # also Ctrl-C: who did not hear that it started would not end it
        stop(home, process)
        release(process)
        raise


def _create(home: Home) -> None:
    try:
        home.create()
    except OSError as error:
        raise _unusable(home, error) from None


def stop(home: Home, process: subprocess.Popen[bytes] | None = None) -> None:
    """End the emulator of `home` with everything it started, and remove what a killed one left behind."""
    record = home.read_server()
    pid = process.pid if process is not None else None if record is None else record.pid
    if pid is not None and _is_our_server(pid, home):
        _end(pid, process)
    home.clean()


def release(process: subprocess.Popen[bytes]) -> None:
    """Close what ties an emulator that has ended to this process."""
    if process.stdin is not None:
        process.stdin.close()


def _wait_until_ready(home: Home, process: subprocess.Popen[bytes]) -> ServerRecord:
    deadline = time.monotonic() + _START_WITHIN_S
    while time.monotonic() < deadline:
        record = home.read_server()
        if record is not None and record.pid == process.pid and _answers(record):
            return record
        if process.poll() is not None:
            break
        time.sleep(_PAUSE_S)
    msg = f"the embedded AWS did not start: {_last_words(home.log_file)} (all of it: {home.log_file})"
    raise LocalRefused(msg)


def _last_words(log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return " / ".join(lines[-_LOG_TAIL_LINES:]) if lines else "it said nothing"


def _end(pid: int, process: subprocess.Popen[bytes] | None) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + _STOP_WITHIN_S
        while time.monotonic() < deadline:
            if (process.poll() is not None) if process is not None else not _alive(pid):
                return
            time.sleep(_PAUSE_S)


def _alive(pid: int) -> bool:
    """Whether the process runs: a zombie, which nobody has reaped, does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return not stat.rpartition(")")[2].lstrip().startswith("Z")


def _is_our_server(pid: int, home: Home) -> bool:
    """Whether the process is an emulator of this home, not another program that got its process id."""
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return False
    return _alive(pid) and "pilotlight.local.server" in arguments and str(home.root) in arguments


def _answers(record: ServerRecord) -> bool:
    try:
        return bool(read_page(record.port, HEALTH_PATH)["pid"] == record.pid)
    except (OSError, HTTPException, ValueError, KeyError):
        return False
