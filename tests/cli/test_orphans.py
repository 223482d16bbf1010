"""`pilotlight orphans`: what is listed, what is destroyed, and what another program reads."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pilotlight.cli import main

pytest.importorskip("boto3")
FLEET = """\
name: pair
endpoints:
  kept:
    kind: async
    model: {image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/ours:1"}
    instance_type: ml.m5.large
"""
TAGS = [{"Key": "pilotlight:fleet", "Value": "pair"}]
LEAVER = "Pilotlight-pair-leaver"


class CloudFormation:
    """An account with the stacks of a fleet that has lost an endpoint."""

    def __init__(self) -> None:
        self.deleted: list[str] = []

    def get_paginator(self, _: str) -> CloudFormation:
        """There is one page."""
        return self

    get_waiter = get_paginator

    def paginate(self) -> list[dict[str, Any]]:
        """All stacks."""
        names = ("Pilotlight-pair-foundation", "Pilotlight-pair-kept", LEAVER)
        created = datetime(2026, 11, 20, tzinfo=UTC)
        stack = {"StackStatus": "CREATE_COMPLETE", "CreationTime": created, "Tags": TAGS}
        return [{"Stacks": [{**stack, "StackName": name} for name in names]}]

    def delete_stack(self, *, StackName: str) -> None:  # noqa: N803 - AWS's word
        """Take note."""
        self.deleted.append(StackName)

    def wait(self, **_: str) -> None:
        """It is gone at once."""


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> CloudFormation:
    """The account that the command asks."""
    made = CloudFormation()
    monkeypatch.setattr("pilotlight.cli.orphans._cloudformation", lambda _: made)
    return made


@pytest.fixture
def orphans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, account: CloudFormation) -> Any:
    """Call the command beside the fleet file."""
    monkeypatch.chdir(tmp_path)
    Path("fleet.yaml").write_text(FLEET)

    def call(*options: str, answer: str | None = None) -> Result:
        return CliRunner().invoke(main, ["orphans", *options], input=answer)

    return call


def test_only_what_left_the_fleet_is_listed(orphans: Any, account: CloudFormation) -> None:
    """Neither the stacks of the file nor the foundation; nothing is destroyed."""
    result = orphans()

    assert (0, f"{LEAVER}  CREATE_COMPLETE  created 2026-11-20\n") == (result.exit_code, result.output)
    assert [] == account.deleted


def test_nothing_is_destroyed_without_a_yes(orphans: Any, account: CloudFormation) -> None:
    """The question says how many."""
    result = orphans("--destroy", answer="n\n")

    assert "destroy 1 stack(s)" in result.output
    assert [] == account.deleted


def test_another_program_reads_what_was_destroyed(orphans: Any, account: CloudFormation) -> None:
    """With --json nothing but JSON is on stdout, whatever else is asked for."""
    result = orphans("--destroy", "--yes", "--json")
    (row,) = json.loads(result.stdout)["orphans"]

    assert (LEAVER, True) == (row["stack"], row["destroyed"])
    assert [LEAVER] == account.deleted
