"""`pilotlight local`: up, status, down, and what they say when they cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pilotlight.cli import main

pytestmark = pytest.mark.thorough


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ("local", *arguments), prog_name="pilotlight")


def test_up_status_down(tmp_path: Path) -> None:
    """It starts in the background, tells what it is, and ends."""
    home = ("--home", str(tmp_path / "home"))

    up = _run("up", *home, "--time-scale", "30")
    status = _run("status", *home, "--json")
    words = _run("status", *home)
    down = _run("down", *home)
    again = _run("down", *home)

    seen = json.loads(status.output)
    assert [0, 0, 0, 0, 0] == [each.exit_code for each in (up, status, words, down, again)]
    assert f"export AWS_ENDPOINT_URL={seen['server']['endpoint_url']}" in up.output
    assert ([], [], []) == (seen["endpoints"], seen["alarms"], seen["activities"])
    assert "no endpoints (deploy some with: pilotlight local deploy)" in words.output
    assert "ended" in down.output
    assert "nothing ran" in again.output


@pytest.mark.parametrize("command", ["status", "deploy"])
def test_fails_when_nothing_runs(tmp_path: Path, command: str) -> None:
    """The message says what to run; exit code 1."""
    result = _run(command, "--home", str(tmp_path))

    assert 1 == result.exit_code
    assert (
        f"no embedded AWS runs in {tmp_path} (start it with: pilotlight local up --home {tmp_path})\n"
        == result.output
    )


def test_story_says_where_to_tell_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal of any command is plain words."""
    monkeypatch.chdir(tmp_path)
    result = _run("story")

    assert 1 == result.exit_code
    assert result.output.startswith(f"{tmp_path} has no cdk.json")
    assert result.output.endswith("(run this in a checkout of Pilotlight)\n")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, which has what a story looks for first."""
    for name in ("cdk.json", "fleet.yaml", "fleets/showcase.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_story_removes_nothing_that_others_wrote(checkout: Path) -> None:
    """It begins by removing what the last story left, and only that."""
    result = _run("story", "--home", ".")

    assert (1, True) == (result.exit_code, (checkout / "fleets/showcase.yaml").exists())
    assert f"{checkout} holds other files, which could be lost" in result.output


def test_story_leaves_an_embedded_aws_alone_that_runs(checkout: Path) -> None:
    """`up` and `story` have the same home by default: somebody is at work there."""
    _run("up")
    result = _run("story")
    status = _run("status")
    _run("down")

    assert (1, 0) == (result.exit_code, status.exit_code)
    assert "an embedded AWS already runs in" in result.output


def test_fails_when_time_would_not_pass(tmp_path: Path) -> None:
    """A wrong option is a matter of usage: exit code 2."""
    result = _run("up", "--home", str(tmp_path), "--time-scale", "0")

    assert 2 == result.exit_code
    assert "0.0 is not in the range x>0" in result.output


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_fails_when_there_is_no_such_port(tmp_path: Path, port: str) -> None:
    """What no computer has is refused before anything starts."""
    result = _run("up", "--home", str(tmp_path), "--port", port)

    assert 2 == result.exit_code
    assert f"{port} is not in the range 0<=x<=65535" in result.output


def test_every_command_shows_an_example() -> None:
    """Help says how a command is called."""
    for command in ("up", "deploy", "status", "down"):
        _, _, examples = _run(command, "--help").output.partition("Example")
        assert f"\n    pilotlight local {command}" in examples
