"""Finds the processes that belong to a run: they were started with its home folder."""

from __future__ import annotations

import os
import re
from pathlib import Path


def processes_of(home: Path) -> list[int]:
    """The ids of all processes that know `home` from command or environment, but for those we run in."""
    ours = _ancestors(os.getpid())
    running = sorted(int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    named = re.compile(re.escape(str(home).encode()) + rb"(?![\w.-])")  # not the beginning of another name
    return [pid for pid in running if pid not in ours and _mentions(pid, named)]


def _mentions(pid: int, home: re.Pattern[bytes]) -> bool:
    """Whether the process runs and knows the folder; one that has ended, or is another user's, does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        known = Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return state != "Z" and home.search(known) is not None


def _ancestors(pid: int) -> set[int]:
    """The process and those it was started by: whoever typed the folder mentions it too."""
    found = set()
    while pid > 0:
        found.add(pid)
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return found
