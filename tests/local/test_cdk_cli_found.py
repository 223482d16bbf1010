"""The CDK CLI and its Node are found without either on the PATH, and its output is understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotlight.local import cdk_cli
from pilotlight.local.cdk_run import CdkRun
from pilotlight.local.deploy import CdkApp
from pilotlight.local.local_aws import LocalAws
from pilotlight.local.refusal import LocalRefused


def test_node_comes_from_the_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty PATH does not matter."""
    monkeypatch.setenv("PATH", "")

    assert cdk_cli.node().is_file()


def test_the_nearest_cli_is_taken(tmp_path: Path) -> None:
    """A project above the folder counts, as it does for Node."""
    program = tmp_path / "node_modules" / "aws-cdk" / "bin" / "cdk"
    program.parent.mkdir(parents=True)
    program.touch()
    (tmp_path / "fleet").mkdir()

    assert program == cdk_cli.cdk_program(tmp_path / "fleet")


def test_fails_when_the_cli_is_not_installed(tmp_path: Path) -> None:
    """The message says what to run."""
    with pytest.raises(LocalRefused, match=r"the CDK CLI is not installed in .*npm ci"):
        cdk_cli.cdk_program(tmp_path)


def test_fails_when_the_folder_has_no_app(tmp_path: Path) -> None:
    """The message says where to run it."""
    with pytest.raises(LocalRefused, match=r"has no cdk.json \(run it in the folder of a CDK app\)"):
        CdkApp(tmp_path, LocalAws(tmp_path / "home")).synth()


@pytest.mark.parametrize(
    ("output", "changed_nothing"),
    [
        ("✅  A (no changes)\n ✅  B (no changes)\n", True),
        ("✅  A (no changes)\n✅  B\n", False),
        ("", False),
    ],
)
def test_tells_whether_a_deploy_changed_something(output: str, changed_nothing: bool) -> None:
    """One changed stack is enough, and no stack at all is not the same as no change."""
    assert changed_nothing == CdkRun(output, 1.0).changed_nothing
