"""The sample models, read once."""

from __future__ import annotations

import pytest

from pilotlight.jumpstart.offline_data import OfflineData
from pilotlight.jumpstart.wheel import read_wheel
from tests.jumpstart.sample_models import sample_wheel


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> OfflineData:
    """The catalogue of the sample models."""
    return OfflineData(read_wheel(sample_wheel(tmp_path_factory.mktemp("wheel") / "tiny.whl")))
