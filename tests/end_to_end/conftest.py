"""What the end-to-end tests share: the checkout, and a command line in its environment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pilotlight.local.deploy import CdkApp
from pilotlight.local.local_aws import LocalAws

ROOT = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is end to end."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.end_to_end)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture
def pilotlight(checkout: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `pilotlight …` as a user does, with no node on PATH but the one that was installed.

    under: a command that starts it. Default: none.
    """

    def run(
        *arguments: str, under: Sequence[str] = (), seconds: float = 600, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*under, sys.executable, "-m", "pilotlight.cli", *arguments],
            cwd=checkout,
            env={**os.environ, "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", **environment},
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def deploy(checkout: Path) -> Callable[[LocalAws, Path], CdkApp]:
    """Deploys the fleet of a file to an embedded AWS, as a user does for the first time."""

    def deploy_fleet(aws: LocalAws, fleet: Path) -> CdkApp:
        app = CdkApp(checkout, aws, fleet=fleet)
        app.synth()
        app.bootstrap()
        app.deploy()
        return app

    return deploy_fleet
