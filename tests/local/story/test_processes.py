"""Which processes belong to a run: those that were started with its home folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pilotlight.local.story.processes import processes_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads Linux's /proc")


@pytest.mark.parametrize(
    ("said", "belongs"),
    [("{home}", True), ("--home={home}", True), ("{home}/server.log", True), ("{home}-2", False)],
)
def test_a_process_belongs_to_the_home_that_it_names(said: str, belongs: bool, tmp_path: Path) -> None:
    """Or a file in it; a home whose name only begins alike is that of another run."""
    home = tmp_path / "local"
    command = [sys.executable, "-S", "-c", "print(flush=True); input()", said.format(home=home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        found = processes_of(home)
        process.kill()

    assert belongs == (process.pid in found)
