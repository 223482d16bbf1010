"""`pilotlight read`: a template becomes a fleet file, and what could not be read is named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pilotlight.cli import main
from pilotlight.spec import load_fleet

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "template" / "samples"


def run(*words: str) -> Result:
    """Call the command."""
    return CliRunner().invoke(main, ["read", *words])


def test_the_page_shows_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the letter, stdout and stderr together."""
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "commands" / "read.md").read_text()
    (shown,) = re.findall(r"^\$ pilotlight (read [^\n]*)\n(.*?)```", page, re.DOTALL | re.MULTILINE)
    result = CliRunner().invoke(main, shown[0].split())

    assert (1, shown[1]) == (result.exit_code, result.output)


def test_what_is_printed_is_a_fleet_file(tmp_path: Path) -> None:
    """Somebody with a template begins here."""
    file = tmp_path / "fleet.yaml"
    file.write_text(run(str(SAMPLES / "by_hand.json")).stdout)

    assert "async" == load_fleet(file).endpoints["ocr"].kind


def test_everything_read_is_success(synthesized, tmp_path: Path) -> None:
    """A cdk.out of ours, of which one fleet is chosen."""
    result = run(synthesized.app.outdir, "--fleet", "starter", "--json")
    document = json.loads(result.stdout)

    assert (0, []) == (result.exit_code, document["unread"])
    assert "starter" == document["fleet"]["name"]
    assert "Pilotlight-starter-ticket-intent" == document["endpoints"]["ticket-intent"]["stack"]
    source = document["fleet"]["endpoints"]["ticket-intent"]["model"]["source"]
    assert Path(document["files"][source]).is_file()


def test_fails_when_no_fleet_is_chosen(synthesized) -> None:
    """Of several; the names are in the message."""
    result = run(synthesized.app.outdir)

    assert 1 == result.exit_code
    assert "several fleets" in result.output
    assert "showcase" in result.output


def test_parameters_are_those_of_the_deployment() -> None:
    """What has no default has to be given, or it stays a symbol."""
    file = str(SAMPLES / "by_hand.yaml")

    assert "s3://${Artifacts}/ranker/model.tar.gz" in run(file).stdout
    assert "s3://models/ranker/model.tar.gz" in run(file, "-p", "Artifacts=models").stdout


@pytest.mark.parametrize("words", [["--json", "--what"], ["a", "b"], ["-p", "Stage"]])
def test_fails_when_it_is_called_wrongly(words: list[str]) -> None:
    """Exit code 2, as every command."""
    assert 2 == run(*words).exit_code


def test_a_refusal_is_json_for_another_program(tmp_path: Path) -> None:
    """As of every command that has the option."""
    result = run(str(tmp_path / "nothing.yaml"), "--json")
    (refusal,) = json.loads(result.stdout)["refusals"]

    assert (1, "cannot be read: no such file or directory") == (result.exit_code, refusal["what"])


def test_fails_without_a_template(tmp_path: Path) -> None:
    """In one line, without a traceback."""
    result = run(str(tmp_path / "nothing.yaml"))

    assert (1, 1) == (result.exit_code, len(result.output.splitlines()))
    assert "cannot be read" in result.output
