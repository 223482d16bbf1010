"""What a process and all that it started use is counted together."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pilotlight.local.containers.folder_size import folder_bytes
from pilotlight.local.containers.process_use import use_of
from tests.waiting import wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads Linux's /proc")

BUSY = """
import subprocess, sys
work = "import time; end = time.process_time() + 0.3\\nwhile time.process_time() < end: pass"
subprocess.run([sys.executable, "-S", "-c", work])
held = bytearray(50_000_000)
subprocess.run([sys.executable, "-S", "-c", "print('ready', flush=True); input()"])
"""


def test_children_count_also_when_they_have_ended() -> None:
    """A third of a second of work in a child that is gone, and the memory of the parent of another one."""
    with subprocess.Popen(
        [sys.executable, "-S", "-c", BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        use = use_of(process.pid)
        own = use_of(int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0]))
        process.kill()
        process.wait()

    assert use is not None
    assert own is not None
    assert use.cpu_s >= 0.3
    assert use.memory > 50_000_000 + own.memory
    wait_until("that nothing is left to count", lambda: use_of(process.pid) is None)


def test_a_folder_is_as_large_as_its_files(tmp_path: Path) -> None:
    """Those below it too; a link to elsewhere is not its own."""
    (tmp_path / "a").write_bytes(b"x" * 1000)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c").write_bytes(b"x" * 234)

    assert 1234 == folder_bytes(tmp_path)
    assert 0 == folder_bytes(tmp_path / "none")
