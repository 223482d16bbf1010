"""A container ends with the process that started it, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pilotlight.local.containers.container_process import ContainerProcess
from pilotlight.local.containers.guardian import SHARED_MEMORY_VARIABLE
from tests.local.running import runs
from tests.waiting import wait_until

ENDS_WITHIN_S = 60.0
_SLEEP = "import time; print('up', flush=True); time.sleep(300)"
SLEEPER = (sys.executable, "-S", "-c", _SLEEP)
DEAF = (
    sys.executable,
    "-S",
    "-c",
    f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {_SLEEP}",
)
PARENT_AND_CHILD = (
    sys.executable,
    "-S",
    "-c",
    "import subprocess, sys, time;"
    "child = subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(300)']);"
    "print(child.pid, flush=True); time.sleep(300)",
)
EMULATOR = """
import sys
from pathlib import Path
from pilotlight.local.containers.container_process import ContainerProcess
from pilotlight.local.containers.guardian import SHARED_MEMORY_VARIABLE
folder = Path(sys.argv[1])
process = ContainerProcess(sys.argv[2:], environment={}, folder=folder, log=folder / "log")
print(process.pid, flush=True)
sys.stdin.read()
"""


def wait_for_end(pid: int) -> None:
    """Wait until a process has ended."""
    wait_until(f"the end of process {pid}", lambda: not runs(pid), pause_s=0.005)


def started(command: tuple[str, ...], folder: Path) -> ContainerProcess:
    """A process that is up: it has printed something."""
    process = ContainerProcess(command, environment={}, folder=folder, log=folder / "log")
    while not (folder / "log").read_text().endswith("\n"):
        time.sleep(0.005)
    return process


def test_process_is_gone_after_stop(tmp_path: Path) -> None:
    """Stopping waits for the end, and may be done twice."""
    process = started(SLEEPER, tmp_path)
    assert not process.has_ended
    process.stop()
    process.stop()

    assert process.has_ended
    assert not runs(process.pid)


def test_exit_code_is_that_of_the_process(tmp_path: Path) -> None:
    """None while it runs."""
    process = started(SLEEPER, tmp_path)
    during = process.exit_code
    process.stop()
    ended = ContainerProcess(
        (sys.executable, "-c", "raise SystemExit(3)"), environment={}, folder=tmp_path, log=tmp_path / "log"
    )
    ended.wait()
    ended.stop()

    assert (None, 3) == (during, ended.exit_code)


def test_guardian_that_is_asked_to_end_asks_the_process(tmp_path: Path) -> None:
    """Ctrl-C in the terminal they share, or a guardian that somebody ends, ends the process in order."""
    process = started(SLEEPER, tmp_path)
    guardian = int(Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(guardian, signal.SIGINT)

    assert process.wait(ENDS_WITHIN_S)
    assert not runs(process.pid)
    process.stop()


def test_process_that_ignores_the_request_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the grace it ends by force."""
    monkeypatch.setattr("pilotlight.local.containers.container_process.GRACE_S", 0.05)
    process = started(DEAF, tmp_path)
    process.stop()

    assert not runs(process.pid)


def test_end_of_the_process_is_noticed(tmp_path: Path) -> None:
    """A container that is killed from outside counts as ended."""
    process = started(SLEEPER, tmp_path)
    os.kill(process.pid, signal.SIGKILL)

    assert process.wait(ENDS_WITHIN_S)
    assert process.has_ended
    process.stop()


def test_what_the_process_started_ends_with_it(tmp_path: Path) -> None:
    """A container's own children do not outlive it."""
    process = started(PARENT_AND_CHILD, tmp_path)
    child = int((tmp_path / "log").read_text())
    os.kill(process.pid, signal.SIGKILL)

    wait_for_end(child)
    process.stop()


def test_process_ends_when_the_emulator_is_killed(tmp_path: Path) -> None:
    """kill -9 of the emulator leaves no orphan, also of a container that cannot be asked to end."""
    emulator = subprocess.Popen(
        [sys.executable, "-c", EMULATOR, str(tmp_path), *DEAF],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert emulator.stdout is not None
    assert emulator.stdin is not None
    container = int(emulator.stdout.readline())
    guardian = int(Path(f"/proc/{container}/stat").read_text().rpartition(")")[2].split()[1])
    emulator.kill()

    wait_for_end(container)
    wait_for_end(guardian)
    emulator.stdin.close()
    emulator.stdout.close()
    emulator.wait()


def test_process_ends_when_its_guardian_is_killed(tmp_path: Path) -> None:
    """Who kills the guardian does not free the container."""
    process = started(SLEEPER, tmp_path)
    guardian = int(Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(guardian, signal.SIGKILL)

    wait_for_end(process.pid)
    process.stop()


def test_fails_when_the_command_does_not_exist(tmp_path: Path) -> None:
    """The log says what was wrong with it."""
    with pytest.raises(OSError, match="could not start /no/such/program"):
        ContainerProcess(["/no/such/program"], environment={}, folder=tmp_path, log=tmp_path / "log")
    assert "FileNotFoundError" in (tmp_path / "log").read_text()


def test_shared_memory_of_a_killed_container_is_removed(tmp_path: Path) -> None:
    """A container that is killed cannot tidy up; what its guardian removes is only what bears its name."""
    name = f"pilotlight-test-{os.getpid()}-"
    ours, others = Path(f"/dev/shm/{name}1"), Path(f"/dev/shm/other-{name}1")  # noqa: S108 - shared memory
    others.touch()
    code = f"open('{ours}', 'w').close(); import time; print('made', flush=True); time.sleep(300)"
    log = tmp_path / "log"
    process = ContainerProcess(
        [sys.executable, "-S", "-E", "-c", code],
        environment={SHARED_MEMORY_VARIABLE: name},
        folder=tmp_path,
        log=log,
    )
    while "made" not in log.read_text():
        time.sleep(0.01)
    process.stop()

    assert [False, True] == [ours.exists(), others.exists()]
    others.unlink()
