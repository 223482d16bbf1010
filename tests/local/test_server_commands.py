"""`pilotlight local`: up, status, down, and what they say when they cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pilotlight.cli.local import local


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(local, arguments, prog_name="pilotlight local")


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
    assert "pilotlight local up" in result.output


def test_fails_when_time_would_not_pass(tmp_path: Path) -> None:
    """A wrong option is a matter of usage: exit code 2."""
    result = _run("up", "--home", str(tmp_path), "--time-scale", "0")

    assert 2 == result.exit_code
    assert "got 0.0, allowed more than 0" in result.output


def test_every_command_shows_an_example() -> None:
    """Help says how a command is called."""
    for command in ("up", "deploy", "status", "down"):
        assert f"Example: pilotlight local {command}" in _run(command, "--help").output
