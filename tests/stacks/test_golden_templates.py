"""The templates of both fleets, as files that a reviewer reads; `make golden` rewrites them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
HASH = re.compile(r"\b[0-9a-f]{64}\b")
STACKS = (
    "Pilotlight-showcase-autocomplete",
    "Pilotlight-showcase-codegen",
    "Pilotlight-showcase-embeddings",
    "Pilotlight-showcase-falcon",
    "Pilotlight-showcase-foundation",
    "Pilotlight-showcase-operations",
    "Pilotlight-starter-foundation",
    "Pilotlight-starter-operations",
    "Pilotlight-starter-ticket-intent",
)


def normalised(template: dict[str, Any]) -> str:
    """Write a template without hashes of assets, and without what the CDK adds to each."""
    ours = {key: value for key, value in template.items() if key not in ("Parameters", "Rules")}
    return HASH.sub("ASSET", json.dumps(ours, indent=2)) + "\n"


@pytest.mark.parametrize("stack", STACKS)
def test_a_template_is_as_last_reviewed(stack: str, synthesized, request: pytest.FixtureRequest) -> None:
    """A change of a template shows up in the diff of a pull request."""
    file = GOLDEN / f"{stack}.json"
    template = normalised(synthesized.templates[stack])
    if request.config.getoption("--update-golden"):
        file.write_text(template, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == template


def test_there_is_a_golden_file_for_each_stack_and_no_other(synthesized) -> None:
    """A stack that is renamed leaves no file behind."""
    assert {*STACKS} == {*synthesized.templates}
    assert {*STACKS} == {file.stem for file in GOLDEN.glob("*.json")} - {"logical_ids"}
