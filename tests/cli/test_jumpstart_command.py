"""`pilotlight jumpstart lock` as a user sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pilotlight.cli import main
from pilotlight.spec.jumpstart_lock import load_lock
from tests.jumpstart.sample_models import LICENCE, sample_wheel


@pytest.fixture
def run(tmp_path: Path, monkeypatch):
    """Run the command in an empty folder, on a wheel of a few models."""
    monkeypatch.chdir(tmp_path)
    wheel = sample_wheel(tmp_path / "tiny.whl")

    def ran(*arguments: str, data: Path = wheel) -> Result:
        return CliRunner().invoke(main, ["jumpstart", "lock", *arguments, "--offline-data", str(data)])

    return ran


def test_a_lock_file_is_written(run) -> None:
    """It lies in the folder of the fleet file, and the command says what is in it."""
    result = run("tiny-cpu", "--version", "1.9.0", "--region", "us-east-1")

    assert 0 == result.exit_code
    assert "1.9.0" == load_lock(Path("jumpstart.lock.json")).model("tiny-cpu").version
    assert "tiny-cpu 1.9.0\n  written to     jumpstart.lock.json\n" in result.stdout
    assert "regions        us-east-1\n" in result.stdout


def test_the_file_can_lie_elsewhere(run) -> None:
    """A fleet file in a folder has its lock beside it."""
    Path("fleets").mkdir()

    assert 0 == run("tiny-cpu", "--lock", "fleets/jumpstart.lock.json").exit_code
    assert ["tiny-cpu"] == [*load_lock(Path("fleets/jumpstart.lock.json")).models]


def test_a_second_run_says_that_nothing_changed(run) -> None:
    """The file has the same bytes."""
    run("tiny-llm")
    before = Path("jumpstart.lock.json").read_bytes()

    result = run("tiny-llm")

    assert "unchanged in   jumpstart.lock.json" in result.stdout
    assert before == Path("jumpstart.lock.json").read_bytes()


def test_a_change_of_the_default_instance_type_is_told(run) -> None:
    """Whoever takes the newest version learns that it may run on something else."""
    assert "ml.m5.large from 1.9.0, ml.m5.xlarge from 1.10.0" in run("tiny-cpu").stderr


def test_an_upgrade_is_told(run) -> None:
    """So are regions that are no longer locked."""
    run("tiny-cpu", "--version", "1.9.0")

    told = run("tiny-cpu", "--region", "us-east-1").stderr

    assert "note: replaces version 1.9.0, whose default was ml.m5.large" in told
    assert "note: no longer locked for ca-west-1, cn-north-1" in told


def test_a_newer_version_without_an_image_is_told(run) -> None:
    """The newest version is not always the one that was locked."""
    assert "version 1.1.0 is newer, but the data names no image for it" in run("tiny-llm").stderr


def test_a_licence_is_pointed_at(run) -> None:
    """The lock is written all the same: it deploys nothing. Who has read the licence is not told again."""
    told, silent = run("tiny-gated"), run("tiny-gated", "--accept-eula")

    assert (0, 0) == (told.exit_code, silent.exit_code)
    assert f"read the licence first: {LICENCE}" in told.stderr
    assert LICENCE not in silent.stderr
    assert load_lock(Path("jumpstart.lock.json")).model("tiny-gated").eula.required


def test_json_says_the_same(run) -> None:
    """For machines."""
    document = json.loads(run("tiny-gated", "--json").stdout)

    assert (True, True) == (document["fine"], document["changed"])
    assert LICENCE == document["entry"]["eula"]["licence"]
    assert "3600" == document["entry"]["environment"]["ENDPOINT_SERVER_TIMEOUT"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("tiny-cpuu",), "unknown JumpStart model, got tiny-cpuu"),
        (("tiny-cpu", "--version", "7"), "tiny-cpu has no such version, got 7, allowed 1.10.0, 1.9.0"),
        (("tiny-cpu", "--region", "eu-west-1"), "not published in this region, got eu-west-1, allowed"),
        (
            ("tiny-cpu", "--lock", "nowhere/x.json"),
            "nowhere/x.json: cannot be written: no such file or directory",
        ),
    ],
)
def test_fails_with_words(run, arguments, message: str) -> None:
    """Exit code 1, no traceback, no file."""
    result = run(*arguments)

    assert 1 == result.exit_code
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert not Path("jumpstart.lock.json").exists()


def test_fails_when_the_wheel_is_none(run, tmp_path: Path) -> None:
    """The refusal names the file."""
    (tmp_path / "bad.whl").write_text("nothing")

    result = run("tiny-cpu", "--json", data=tmp_path / "bad.whl")

    assert 1 == result.exit_code
    (refusal,) = json.loads(result.stdout)["refusals"]
    assert str(tmp_path / "bad.whl") == refusal["file"]


def test_fails_when_asked_for_both_sources(run) -> None:
    """A usage error has exit code 2."""
    assert 2 == run("tiny-cpu", "--live").exit_code


def test_help_has_an_example(run) -> None:
    """As every command has."""
    result = CliRunner().invoke(main, ["jumpstart", "lock", "--help"])

    assert "Example: pilotlight jumpstart lock" in " ".join(result.stdout.split())
