"""The house: what the repository promises about itself."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("pilotlight", "constructs", "stacks", "lambda", "benchmarks", "tests", "scripts")


def _tracked() -> list[Path]:
    command = ["git", "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_the_lock_names_no_index() -> None:
    """The lock installs from any mirror, with hashes for every package."""
    lock = (ROOT / "requirements.txt").read_text()

    assert [] == re.findall(r"^\s*(?:--(?:extra-)?index-url|--find-links|-f|-i)\b.*$", lock, re.MULTILINE)
    assert len(re.findall(r"^[a-z0-9].*==", lock, re.MULTILINE)) == len(
        re.findall(r"==.*\\\n\s+--hash", lock)
    )


def test_the_cdk_cli_is_pinned_and_locked_without_a_registry() -> None:
    """The npm tag `latest` of aws-cdk is wrong, so the version is exact in both files."""
    wanted = json.loads((ROOT / "package.json").read_text())["devDependencies"]["aws-cdk"]
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]["node_modules/aws-cdk"]

    assert wanted == locked["version"] == "2.1148.1"
    assert "resolved" not in locked


def test_every_locked_pin_of_the_project_is_in_the_lock() -> None:
    """What pyproject pins exactly is what the lock installs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"].values()
    pinned = {
        name for group in (*extras, project["dependency-groups"]["dev"]) for name in group if "==" in name
    }

    assert pinned <= set(
        re.findall(r"^[a-z0-9-]+==[0-9.]+", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    )


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "manager", "constants", "types"])
def test_no_file_is_called_after_nothing(name: str) -> None:
    """A file is called after its one idea."""
    assert [] == [path for top in SOURCES for path in (ROOT / top).rglob(f"{name}.py")]


def test_rooms_are_small() -> None:
    """No source file holds more than 400 lines: beyond that it holds a second idea."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in _tracked()
        if path.suffix == ".py" and (lines := len(path.read_text().splitlines())) > 400
    }

    assert {} == long
