"""`pilotlight check`, as a person and as another program use it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pilotlight.cli import main
from pilotlight.spec.endpoint import KINDS

FLEET = """\
name: starter
max_hourly_cost: 2.00
endpoints:
  ticket-intent:
    kind: async
    model: {framework: scikit-learn, version: "1.4-2", source: "s3://models/ti/"}
    instance_type: ml.m5.large
    scaling: {min_capacity: 0, max_capacity: 2}
  ocr:
    kind: async
    model: {framework: pytorch, version: "2.6", source: "s3://models/ocr/"}
    instance_type: ml.g5.xlarge
stages:
  prod:
    endpoints: {ocr: {scaling: {max_capacity: 4}}}
"""


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Check a text as `fleet.yaml`."""
    monkeypatch.chdir(tmp_path)

    def checked(text: str, *options: str) -> Result:
        Path("fleet.yaml").write_text(text)
        return CliRunner().invoke(main, ["check", "fleet.yaml", *options])

    return checked


def test_a_fine_fleet_shows_its_instances_and_their_cost(check) -> None:
    """Kind, type, capacities, and US dollars per hour at each of them."""
    result = check(FLEET)
    rows = [line.split() for line in result.output.splitlines()]

    assert 0 == result.exit_code
    assert ["ticket-intent", "async", "ml.m5.large", "1", "0", "2", "0.115", "0.00", "0.23"] in rows
    assert ["ocr", "async", "ml.g5.xlarge", "1", "0", "1", "1.408", "0.00", "1.408"] in rows
    assert ["total", "1.523", "0.00", "1.638"] in rows


def test_faults_are_printed_one_a_line(check) -> None:
    """file:line: path: what, got, allowed (hint), and exit code 1."""
    result = check(FLEET.replace("ml.m5.large", "ml.m5.lrge").replace("kind: async", "kind: asynk", 1))
    place = "fleet.yaml:5: endpoints.ticket-intent.kind"

    assert 1 == result.exit_code
    kinds = ", ".join(each.model_fields["kind"].default for each in KINDS)
    assert f"{place}: unknown kind, got asynk, allowed {kinds} (did you mean async?)\n" == result.output


def test_a_fleet_above_its_limit_is_refused(check) -> None:
    """The line of the limit is the place to look at."""
    result = check(FLEET.replace("2.00", "1.00"))

    assert 1 == result.exit_code
    assert result.output.startswith("fleet.yaml:2: max_hourly_cost: ")
    assert "got 1.638 USD per hour, allowed 1.00 USD" in result.output


def test_a_limit_with_an_unknown_price_is_refused(check) -> None:
    """Nobody can hold a limit against a price that nobody knows."""
    result = check(FLEET.replace("ml.m5.large", "ml.m5d.large"))

    assert 1 == result.exit_code
    assert result.output.startswith("fleet.yaml:7: endpoints.ticket-intent.instance_type: no price is known")


def test_a_limit_with_an_unknown_price_of_a_pool_is_refused_at_the_pool(check) -> None:
    """An item of a list has a line of its own."""
    pools = "    instance_pools:\n      - {instance_type: ml.m5.xlarge, priority: 2}\n"
    pools += "      - {instance_type: ml.m5d.large, priority: 3}\n"
    result = check(FLEET.replace("  ocr:\n", f"{pools}  ocr:\n", 1))

    assert 1 == result.exit_code
    assert "fleet.yaml:11: endpoints.ticket-intent.instance_pools[1].instance_type: " in result.output


def test_an_unknown_price_without_a_limit_is_said(check) -> None:
    """The table says unknown where it is unknown, and knows that nothing costs nothing."""
    result = check(FLEET.replace("ml.m5.large", "ml.m5d.large").replace("max_hourly_cost: 2.00\n", ""))

    assert 0 == result.exit_code
    assert ["ticket-intent", "async", "ml.m5d.large", "1", "0", "2", "unknown", "0.00", "unknown"] in [
        line.split() for line in result.output.splitlines()
    ]


def test_a_stage_is_checked_as_it_will_be_deployed(check) -> None:
    """Four large instances are too much for the limit of the base."""
    result = check(FLEET, "--stage", "prod")

    assert 1 == result.exit_code
    assert "got 5.862 USD per hour" in result.output


def test_json_says_the_same(check) -> None:
    """Another program gets the figures as numbers, each with the source of its price."""
    document = json.loads(check(FLEET, "--json").output)

    assert (True, "starter", "us-east-1") == (document["fine"], document["fleet"], document["region"])
    assert {"initial": 1.523, "minimum": 0.0, "maximum": 1.638} == document["usd_per_hour"]
    assert {"initial": 1, "minimum": 0, "maximum": 2} == document["endpoints"][0]["capacity"]
    assert document["endpoints"][0]["price"]["source"]


def test_json_says_what_is_refused(check) -> None:
    """Refusals come in parts, and the exit code is the same."""
    result = check("name: Starter\n", "--json")
    document = json.loads(result.output)

    assert 1 == result.exit_code
    assert document["fine"] is False
    assert [("fleet.yaml", 1, "endpoints"), ("fleet.yaml", 1, "name")] == [
        (refusal["file"], refusal["line"], refusal["path"]) for refusal in document["refusals"]
    ]


def test_a_missing_file_is_refused(check) -> None:
    """In words, like everything else."""
    result = CliRunner().invoke(main, ["check", "nothing.yaml"])

    assert (1, "nothing.yaml: cannot be read: no such file or directory\n") == (
        result.exit_code,
        result.output,
    )


@pytest.mark.parametrize("arguments", [["check", "a", "b"], ["check", "--colour"], ["chek"], []])
def test_a_wrong_call_is_a_usage_error(arguments: list[str]) -> None:
    """2 is for the caller's slips, 1 for the fleet's."""
    assert 2 == CliRunner().invoke(main, arguments).exit_code


def _on_a_terminal(file: Path, **environment: str) -> bytes:
    """Run the command with a terminal for its output, and give what it wrote."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from pilotlight.cli import main; main()", "check", str(file)]
    subprocess.run(command, check=True, stdout=theirs, env=os.environ | {"TERM": "xterm"} | environment)
    os.close(theirs)
    written = b""
    try:
        while chunk := os.read(ours, 65536):
            written += chunk
    except OSError:  # how Linux says that a terminal has nobody writing to it
        pass
    os.close(ours)
    return written


@pytest.mark.parametrize(("environment", "coloured"), [({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_are_for_terminals_that_want_them(
    tmp_path: Path, environment: dict[str, str], coloured: bool
) -> None:
    """NO_COLOR, not empty, turns every escape sequence off."""
    (tmp_path / "fleet.yaml").write_text(FLEET)

    assert coloured is (b"\x1b[" in _on_a_terminal(tmp_path / "fleet.yaml", **environment))


def test_a_pipe_gets_plain_text(tmp_path: Path) -> None:
    """No escape sequence, and no row cut off at some width."""
    (tmp_path / "fleet.yaml").write_text(FLEET)
    command = [
        sys.executable,
        "-c",
        "from pilotlight.cli import main; main()",
        "check",
        str(tmp_path / "fleet.yaml"),
    ]
    environment = os.environ | {"COLUMNS": "20", "TERM": "xterm"}
    output = subprocess.run(command, check=True, capture_output=True, env=environment).stdout

    assert b"\x1b" not in output
    assert b"USD/h max" in output
