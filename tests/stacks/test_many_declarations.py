"""Hundreds of endpoints of all kinds: what is valid deploys, is found to be right, and is read back."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pilotlight.catalog.hosting_options import constructs
from pilotlight.spec import FleetSpec, load_lock, resolved
from pilotlight.spec.endpoint import KINDS
from pilotlight.template import read_template
from tests.spec.valid_parts import ACCOUNT
from tests.stacks.declared import SAID, uses_of, uses_there_are
from tests.stacks.drawn_fleets import FLEETS, NETWORK, drawn_fleet
from tests.stacks.linted import linted
from tests.stacks.merged_template import merged
from tests.stacks.rare_endpoints import rare_endpoints, write_files
from tests.template.test_round_trip import assert_is

pytestmark = pytest.mark.thorough

TOGETHER = 10
"""Templates that cfn-lint looks at as one: each start of it takes a second."""

REFUSED = {
    ("ServerlessModelSpec", "accept_eula", True),
    ("ServerlessModelSpec", "jumpstart", SAID),
    ("ServerlessModelSpec", "network_isolation", True),
    ("ServerlessModelSpec", "private_registry", SAID),
}
"""What a serverless endpoint has in common with others only to refuse it."""

Built = tuple[Any, Path]


@pytest.fixture
def built(new_app: Callable[..., Any]) -> Callable[..., Built]:
    """Synthesize a fleet, and give the app with its cdk.out."""
    from stacks.fleet import add_stacks  # noqa: PLC0415 - starts Node, which other tests do not need

    def build(fleet: FleetSpec, source_root: Path, lock: Any = None) -> Built:
        app = new_app()
        add_stacks(app, fleet, source_root=source_root, lock=lock)
        return app, Path(app.synth().directory)

    return build


def _errors(directory: Path) -> list[str]:
    """Give what cfn-lint calls an error in the templates of a cdk.out."""
    templates = [json.loads(file.read_text()) for file in sorted(directory.glob("*.template.json"))]
    found = []
    for first in range(0, len(templates), TOGETHER):
        found += linted(_readable(merged(templates[first : first + TOGETHER])), directory)
    return [str(match) for match in found if match.rule.id.startswith("E")]


def _readable(part: Any) -> Any:
    """Take out of texts what cfn-lint, which reads JSON as YAML, cannot read."""
    match part:
        case str():
            return re.sub("[^ -~]", "u", part)
        case dict():
            return {key: _readable(value) for key, value in part.items()}
        case list():
            return [_readable(each) for each in part]
        case _:
            return part


def _findings(app: Any) -> list[tuple[str, list[Any]]]:
    from cdk_nag import AwsSolutionsChecks  # noqa: PLC0415 - after Node was found

    found = AwsSolutionsChecks(app).validate_scope(app).violations
    return [(each.rule_name, [where.construct_path for where in each.violating_resources]) for each in found]


def _of_all_kinds(test: Callable[..., None]) -> Callable[..., None]:
    for kind in constructs():
        test = pytest.mark.shows(kind, "nag", "read back")(test)
    return test


@_of_all_kinds
@pytest.mark.parametrize("number", range(FLEETS))
def test_what_is_drawn_deploys_and_is_read_back(
    number: int, built: Callable[..., Built], tmp_path: Path
) -> None:
    """No error of cfn-lint, no finding of cdk-nag, and the fleet that is read is the one that was drawn."""
    fleet = drawn_fleet(number)
    app, directory = built(fleet, tmp_path)
    try:
        assert [] == _findings(app)
        assert [] == _errors(directory)
        assert_is(read_template(directory), resolved(fleet))
    finally:
        shutil.rmtree(directory)


def test_what_is_rare_deploys_too(built: Callable[..., Built], tmp_path: Path) -> None:
    """An image that is built, one of a private registry, a JumpStart model."""
    write_files(tmp_path)
    fleet = FleetSpec(name="rare", account=ACCOUNT, network=NETWORK, endpoints=rare_endpoints())
    app, directory = built(fleet, tmp_path, load_lock(tmp_path / "jumpstart.lock.json"))

    assert [] == _findings(app)
    assert [] == _errors(directory)


def _declarations() -> Iterator[Any]:
    for number in range(FLEETS):
        yield from drawn_fleet(number).endpoints.values()
    yield from rare_endpoints().values()


def test_every_field_and_every_choice_is_declared(record_property: Callable[[str, object], None]) -> None:
    """At least three hundred endpoints, which together say everything that can be said."""
    declarations = list(_declarations())
    there_are = {use for kind in KINDS for use in uses_there_are(kind)}
    said = {use for each in declarations for use in uses_of(each)}

    record_property("figures", f"declarations: {len(declarations)} endpoints, {len(said)} fields and choices")
    assert len(declarations) >= 300
    assert set() == there_are - said - REFUSED
