"""The example models, loaded from their files: they are no packages."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TICKET_INTENT = Path(__file__).parents[2] / "examples" / "models" / "ticket_intent"


def load(path: Path) -> ModuleType:
    """Import a file under a name of its own."""
    spec = importlib.util.spec_from_file_location(f"example_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def ticket_intent() -> Path:
    """The folder of the ticket classifier."""
    return TICKET_INTENT


@pytest.fixture(scope="session")
def training() -> ModuleType:
    """Its training script."""
    return load(TICKET_INTENT / "train.py")


@pytest.fixture(scope="session")
def inference() -> ModuleType:
    """Its inference script."""
    return load(TICKET_INTENT / "code" / "inference.py")
