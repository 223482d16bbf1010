"""A folder with a right description of an ensemble and the files that it names."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.spec.triton_samples import RIGHT

PYTHON_MODEL = "class TritonPythonModel:\n    def execute(self, requests):\n        return []\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write model.yaml, count.py and add.py."""
    here = tmp_path / "model"
    here.mkdir()
    (here / "model.yaml").write_text(yaml.safe_dump(RIGHT, sort_keys=False))
    for name in ("count.py", "add.py"):
        (here / name).write_text(PYTHON_MODEL)
    return here
