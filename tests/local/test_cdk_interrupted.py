"""A deployment that is interrupted leaves no process behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.local.running import runs
from tests.waiting import wait_until

pytestmark = pytest.mark.thorough

CDK = """
const child = require("child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 300000)"]);
require("fs").writeFileSync(process.env.TMPDIR + "/pids", process.pid + " " + child.pid + "\\n");
setTimeout(() => {}, 300000);
"""
"""In place of the CDK CLI: like it, it has a child, and takes its time."""

CALLER = """
import sys
from pathlib import Path
from pilotlight.local.deploy import CdkApp
from pilotlight.local.home import ServerRecord
from pilotlight.local.local_aws import LocalAws

folder = Path(sys.argv[1])
aws = LocalAws(folder / "home")
aws.home.create()
record = ServerRecord(1, 1, 60.0, "123456789012", "us-east-1", "2026-01-01T00:00:00+00:00")
aws.home.write_server(record)
aws._connect(record)
CdkApp(folder, aws).synth()
"""


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """The folder of an app whose CDK CLI hangs."""
    program = tmp_path / "node_modules" / "aws-cdk" / "bin" / "cdk"
    program.parent.mkdir(parents=True)
    program.write_text(CDK)
    (tmp_path / "cdk.json").write_text("{}")
    return tmp_path


@pytest.mark.parametrize(
    ("end", "number"),
    [
        (os.killpg, signal.SIGINT),
        (os.killpg, signal.SIGHUP),
        (os.kill, signal.SIGINT),
        (os.kill, signal.SIGTERM),
        (os.kill, signal.SIGKILL),
    ],
    ids=lambda each: each.name if isinstance(each, signal.Signals) else each.__name__,
)
def test_nothing_runs_on(app: Path, end: Callable[[int, int], None], number: signal.Signals) -> None:
    """Ctrl-C and a closed terminal reach all its programs, `kill` one: the CDK ends with its children."""
    pids = app / "home" / "tmp" / "pids"
    with subprocess.Popen(
        [sys.executable, "-c", CALLER, str(app)], stderr=subprocess.DEVNULL, start_new_session=True
    ) as caller:
        told = wait_until(
            "the processes of the CDK",
            lambda: pids.read_text() if pids.exists() else None,
            wanted=lambda text: text.endswith("\n"),
            pause_s=0.01,
        )
        started = [int(pid) for pid in told.split()]
        assert [True, True] == [runs(pid) for pid in started]
        end(caller.pid, number)

    wait_until(
        "the end of all its processes",
        lambda: [pid for pid in started if runs(pid)],
        wanted=lambda left: not left,
        pause_s=0.01,
    )
