"""`pilotlight schema`: what editors read."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from pilotlight.cli import main
from pilotlight.spec import fleet_json_schema

COMMITTED = Path(__file__).resolve().parents[2] / "fleet.schema.json"


def test_the_schema_is_printed() -> None:
    """What is printed is the schema, and nothing else."""
    result = CliRunner().invoke(main, ["schema"])

    assert 0 == result.exit_code
    assert fleet_json_schema() == json.loads(result.output)


def test_the_committed_file_is_what_is_printed() -> None:
    """`pilotlight schema > fleet.schema.json` changes nothing."""
    assert COMMITTED.read_text() == CliRunner().invoke(main, ["schema"]).output
