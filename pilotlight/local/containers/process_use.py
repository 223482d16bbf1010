"""What a process and all that it started use, as Linux counts it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_OWN_AND_ENDED = slice(11, 15)
"""`utime stime cutime cstime` of /proc/PID/stat, counted from behind the name (proc(5))."""

_RESIDENT = 1
"""The second number of /proc/PID/statm: pages in memory."""


@dataclass(frozen=True, slots=True)
class ProcessUse:
    """cpu_s: seconds of processor time since the beginning; memory: bytes in memory."""

    cpu_s: float
    memory: int


def use_of(pid: int) -> ProcessUse | None:
    """Look at a process and all that it started, ended or not; None: it is gone, or this is no Linux."""
    seen = [use for each in _family(pid) if (use := _one(each)) is not None]
    if not seen:
        return None
    return ProcessUse(sum(each.cpu_s for each in seen), sum(each.memory for each in seen))


def _family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for children in _PROC.glob(f"{pid}/task/*/children"):
            for child in children.read_text().split():
                yield from _family(int(child))


def _one(pid: int) -> ProcessUse | None:
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
        pages = int((_PROC / str(pid) / "statm").read_text().split()[_RESIDENT])
    except OSError:
        return None
    ticks = sum(int(each) for each in stat.rpartition(")")[2].split()[_OWN_AND_ENDED])
    return ProcessUse(ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE"))
