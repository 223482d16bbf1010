"""The command against the wheel as PyPI has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotlight.jumpstart.cached_wheel import cached_wheel
from pilotlight.jumpstart.entry import locked_model
from pilotlight.jumpstart.locking import lock_model
from pilotlight.jumpstart.offline_data import OfflineData
from pilotlight.jumpstart.refused import JumpStartRefused
from pilotlight.jumpstart.version_choice import chosen_version
from pilotlight.jumpstart.wheel import read_wheel

FALCON = "huggingface-llm-falcon-40b-instruct-bf16"
COMMITTED = Path(__file__).resolve().parents[2] / "fleets/jumpstart.lock.json"

pytestmark = pytest.mark.end_to_end


@pytest.fixture(scope="module")
def real_data(tmp_path_factory: pytest.TempPathFactory) -> OfflineData:
    """The catalogue of the pinned wheel, from this machine's cache or else from the package index."""
    try:
        return OfflineData(read_wheel(cached_wheel()))
    except JumpStartRefused as refused:
        if "cannot be downloaded" not in str(refused):
            raise
        pytest.skip(f"the wheel with JumpStart's models needs a network: {refused}")


def test_the_committed_lock_is_what_the_command_writes(real_data: OfflineData, tmp_path: Path) -> None:
    """Whoever runs the command again gets the same bytes."""
    path = tmp_path / "jumpstart.lock.json"

    lock_model(real_data, FALCON, path, version="2.0.0", regions=("us-east-1", "us-west-2", "eu-west-1"))

    assert COMMITTED.read_text() == path.read_text()


def test_every_model_can_be_locked_in_its_newest_version(real_data: OfflineData) -> None:
    """No entry of 342 models breaks a rule of the lock."""
    models = [
        locked_model(real_data.facts(model_id, chosen_version(real_data, model_id, None)))
        for model_id in real_data.model_ids()
    ]

    assert 342 == len(models)
    assert all(model.regions and model.instance_types for model in models)


def test_the_default_instance_type_of_falcon_changes(real_data: OfflineData) -> None:
    """Which is why a fleet pins the version."""
    types = real_data.default_instance_types(FALCON)

    assert ("ml.g5.12xlarge", "ml.g5.12xlarge", "ml.g5.48xlarge") == tuple(
        types[version] for version in ("1.0.0", "2.0.0", "2.3.22")
    )
