"""What the pages show of `pilotlight check` is what it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from pilotlight.cli import main
from tests.docs.pages import ROOT, name_of

BAD = """\
name: Starter
region: us-east-1
endpoints:
  ticket-intent:
    kind: async
    model: {framework: scikit-learn, version: "1.5", source: examples/models/ticket_intents}
    instance_typ: ml.m5.large
    scaling: {min_capacity: 3, max_capacity: 2}
"""
PAGES = [ROOT / "README.md", ROOT / "docs/commands/check.md"]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_check_prints_what_is_shown(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the letter, of the starter fleet and of one that is wrong all over."""
    monkeypatch.chdir(tmp_path)
    Path("examples").symlink_to(ROOT / "examples")
    Path("fleet.yaml").write_text((ROOT / "fleet.yaml").read_text())
    Path("bad.yaml").write_text(BAD)
    shown = re.findall(r"^\$ pilotlight (check \S+)\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE)

    assert shown
    for command, output in shown:
        assert output == CliRunner().invoke(main, command.split()).output
