"""The emulator process: starts, refuses, ends, and leaves nothing behind however it ends."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from pilotlight.local import server_process
from pilotlight.local.faults import FAULTS_VARIABLE
from pilotlight.local.home import Home, ServerRecord
from pilotlight.local.local_aws import LocalAws
from pilotlight.local.refusal import LocalRefused

pytestmark = pytest.mark.thorough


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home whose emulator is ended after the test, whatever the test did."""
    home = Home(tmp_path / "home")
    yield home
    server_process.stop(home)


def test_a_server_says_who_it_is_and_can_be_emptied(home: Home) -> None:
    """`server.json` has its port and scale; `/_ministack/reset` empties our services too."""
    with LocalAws(home.root, time_scale=7) as aws:
        sagemaker = aws.client("sagemaker")
        sagemaker.create_model(ModelName="m", PrimaryContainer={"Image": "i"})
        before = sagemaker.list_models()["Models"]
        with closing(HTTPConnection("127.0.0.1", aws.record.port)) as connection:
            connection.request("POST", "/_ministack/reset")
            connection.getresponse().read()

        assert (7.0, "123456789012") == (aws.record.time_scale, aws.record.account)
        assert f"http://127.0.0.1:{aws.record.port}" == aws.endpoint_url
        assert (1, []) == (len(before), sagemaker.list_models()["Models"])


def test_ending_it_leaves_nothing(home: Home) -> None:
    """It exits with 0; no process, no `server.json`, no temporary files stay. Ending it twice is no fault."""
    aws = LocalAws(home.root)
    pid = aws.start().pid
    process = aws._process

    aws.stop()
    aws.stop()

    assert process is not None
    assert 0 == process.returncode
    assert not Path(f"/proc/{pid}").exists()
    assert not home.server_file.exists()
    assert not home.temporary.exists()


def test_a_tied_server_ends_with_its_parent(home: Home) -> None:
    """The end of its standard input is enough: nothing else tells it."""
    aws = LocalAws(home.root)
    aws.start(tied=True)
    process = aws._process
    assert process is not None
    assert process.stdin is not None

    process.stdin.close()

    assert 0 == process.wait(120)
    assert not home.server_file.exists()


def test_a_killed_server_does_not_hinder_the_next_one(home: Home) -> None:
    """The stale `server.json` is nobody's; what lay in the temporary folder is cleared."""
    aws = LocalAws(home.root)
    aws.start()
    (home.temporary / "leftover").write_text("x")
    aws.kill()
    with pytest.raises(LocalRefused, match="no embedded AWS runs"):
        LocalAws.running_in(home.root)

    with LocalAws(home.root) as again:
        assert again.client("s3").list_buckets()["Buckets"] == []
        assert not (home.temporary / "leftover").exists()


def test_a_home_has_one_server_and_a_machine_many(home: Home, tmp_path: Path) -> None:
    """A second one in the same home is refused, with the way out; elsewhere it has a state of its own."""
    with LocalAws(home.root) as one, LocalAws(tmp_path / "other") as other:
        one.client("s3").create_bucket(Bucket="only-here")

        with pytest.raises(LocalRefused, match=rf"already runs .*pilotlight local down --home {home.root}"):
            LocalAws(home.root).start()
        assert [] == other.client("s3").list_buckets()["Buckets"]


def test_fails_in_a_folder_of_others(tmp_path: Path) -> None:
    """Its names are common ones: neither start nor end touches a `cdk` that somebody else has written."""
    names = ("cdk/app.py", "server.json", "server.log")
    (tmp_path / "cdk").mkdir()
    for name in names:
        (tmp_path / name).write_text("ours")

    with pytest.raises(LocalRefused, match=r"holds other files, .*--home names a new or an empty folder"):
        LocalAws(tmp_path).start()
    LocalAws(tmp_path).stop()

    assert [tmp_path / "cdk", *(tmp_path / name for name in names)] == sorted(tmp_path.rglob("*"))


def test_fails_where_a_file_is(tmp_path: Path) -> None:
    """A home is a folder."""
    (tmp_path / "home").write_text("a file")

    with pytest.raises(LocalRefused, match="home is no folder"):
        LocalAws(tmp_path / "home").start()
    with pytest.raises(LocalRefused, match=r"below cannot be used: not a directory \(--home names"):
        LocalAws(tmp_path / "home" / "below").start()


def test_fails_when_the_port_is_taken(home: Home) -> None:
    """The message names the port and the way out."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(LocalRefused, match=rf"cannot listen on port {port} .*port 0 takes a free one"):
            LocalAws(home.root, port=port).start()


def test_an_interrupted_start_leaves_no_server(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while it starts: nobody would know that there is something to end."""
    pids: list[int] = []

    def interrupt(record: ServerRecord) -> bool:
        pids.append(record.pid)
        raise KeyboardInterrupt

    monkeypatch.setattr(server_process, "_answers", interrupt)
    with pytest.raises(KeyboardInterrupt):
        LocalAws(home.root).start(tied=False)

    assert [False] == [Path(f"/proc/{pid}").exists() for pid in pids]
    assert not home.server_file.exists()


def test_fails_when_a_fault_does_not_exist(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt fault would test nothing, so nothing starts."""
    monkeypatch.setenv(FAULTS_VARIABLE, "duplicates")

    with pytest.raises(LocalRefused, match="did not start: PILOTLIGHT_LOCAL_FAULTS, got duplicates, allowed"):
        LocalAws(home.root).start()


def test_another_program_with_the_same_process_id_is_left_alone(home: Home) -> None:
    """Process ids come back: `down` ends emulators, nothing else."""
    home.create()
    with subprocess.Popen(["sleep", "300"]) as other:
        home.write_server(ServerRecord(1, other.pid, 60.0, "123456789012", "us-east-1", "2026-01-01"))

        server_process.stop(home)
        alive = other.poll() is None
        other.kill()

    assert alive
    assert not home.server_file.exists()
