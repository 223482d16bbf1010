"""Fleets that are synthesized and read back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pilotlight.spec import FleetSpec, JumpStartLock
from pilotlight.template import FleetReading, read_template

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def read_back(new_app: Callable[..., Any]) -> Callable[..., FleetReading]:
    """Give what synthesizes a fleet and reads its cdk.out; `change` may use escape hatches in between."""
    from stacks.fleet import add_stacks  # noqa: PLC0415 - starts Node, which other tests do not need

    def read(
        fleet: FleetSpec,
        *,
        source_root: Path = ROOT,
        lock: JumpStartLock | None = None,
        change: Callable[[Any], object] = lambda _: None,
    ) -> FleetReading:
        app = new_app()
        add_stacks(app, fleet, source_root=source_root, lock=lock)
        change(app)
        directory = Path(app.synth().directory)
        try:
            return read_template(directory)
        finally:
            shutil.rmtree(directory)

    return read
