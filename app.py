"""Synthesizes a fleet: `cdk deploy -c fleet=FILE -c stage=NAME`. Asks no AWS, needs no account."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pilotlight_cdk.node  # isort: skip # noqa: F401 - first: aws_cdk starts Node as soon as it is imported
from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks

from pilotlight.spec import FleetFile, FleetRefused, cost_refusals, load_fleet_file
from pilotlight.spec.unforeseen import unforeseen
from stacks.acceptance import KEY, acceptance_refusals, real_account
from stacks.cost_notice import cost_notice
from stacks.fleet import add_stacks


def main() -> int:
    """Synthesize what the context of the CDK CLI asks for."""
    return synthesize(App(), os.environ)


def synthesize(app: App, environment: Mapping[str, str]) -> int:
    """Write the templates of the fleet; 1 when it is refused, with every reason and without a template."""
    file = Path(_context(app, "fleet") or "fleet.yaml")
    try:
        loaded = _load(app, file, real_account(environment))
        sys.stderr.write(cost_notice(loaded.fleet))
        add_stacks(app, loaded.fleet, source_root=file.parent, lock=loaded.lock)
        Validations.of(app).add_plugins(AwsSolutionsChecks(app))
        app.synth()
    except FleetRefused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    except Exception as error:  # noqa: BLE001 (the CDK has no class of its own for what it refuses)
        sys.stderr.write(f"{unforeseen(error)}\n")
        return 1
    return 0


def _load(app: App, file: Path, account: str | None) -> FleetFile:
    loaded = load_fleet_file(file, _context(app, "stage"))
    accepted = _context(app, KEY)
    faults = (
        *cost_refusals(loaded.fleet),
        *acceptance_refusals(loaded.fleet, accepted=accepted, account=account),
    )
    if faults:
        raise FleetRefused(loaded.placed(faults))
    return loaded


def _context(app: App, key: str) -> str | None:
    value = app.node.try_get_context(key)
    return None if value is None else str(value)


if __name__ == "__main__":
    sys.exit(main())
