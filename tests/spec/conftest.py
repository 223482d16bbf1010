"""Writes fleet files for the tests of the spec."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pilotlight.spec import FleetRefused, FleetSpec, Refusal, load_fleet

Load = Callable[..., FleetSpec]
Refuse = Callable[..., tuple[Refusal, ...]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load a fleet from text."""

    def loaded(text: str | bytes, stage: str | None = None) -> FleetSpec:
        file = tmp_path / "fleet.yaml"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return load_fleet(file, stage)

    return loaded


@pytest.fixture
def refuse(load: Load) -> Refuse:
    """Load a fleet that must be refused, and give the refusals."""

    def refused(text: str | bytes, stage: str | None = None) -> tuple[Refusal, ...]:
        with pytest.raises(FleetRefused) as error:
            load(text, stage)
        return error.value.refusals

    return refused
