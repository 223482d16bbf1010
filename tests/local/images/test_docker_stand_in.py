"""What the CDK CLI asks of Docker, answered without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotlight.local.images import docker_stand_in
from pilotlight.local.images.docker_stand_in import NO_SUCH_IMAGE, UNKNOWN_COMMAND, main
from pilotlight.local.images.image_store import ImageStore

pytestmark = pytest.mark.thorough

URI = "123456789012.dkr.ecr.us-east-1.amazonaws.com/assets:0a1b"


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory of a Dockerfile, which is where the CDK CLI starts Docker."""
    folder = tmp_path / "container"
    folder.mkdir()
    (folder / "serve").write_text("#!/bin/sh\n")
    monkeypatch.chdir(folder)
    return folder


def test_the_cdk_builds_tags_and_pushes(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order of the CDK CLI; afterwards the URI of the template is an image."""
    pushed: list[str] = []
    images = str(tmp_path / "images")
    monkeypatch.setattr(docker_stand_in, "push", pushed.append)

    codes = [
        main([images, *command.split()])
        for command in (
            "inspect cdkasset-0a1b",
            "build --build-arg A=1 --tag cdkasset-0a1b --platform linux/arm64 .",
            "inspect cdkasset-0a1b",
            f"tag cdkasset-0a1b {URI}",
            "login --username AWS --password-stdin registry",
            f"push {URI}",
        )
    ]

    assert [NO_SUCH_IMAGE, 0, 0, 0, 0, 0] == codes
    assert [URI] == pushed
    assert URI in ImageStore(tmp_path / "images")


def test_a_build_fails_with_the_reason(
    directory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The CDK CLI shows it to whoever deploys."""
    (directory / "serve").unlink()

    assert 1 == main([str(tmp_path), "build", "--tag", "x", "."])
    assert "has none" in capsys.readouterr().err


def test_requirements_that_cannot_be_installed_fail_the_build(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the last words of pip."""
    monkeypatch.setenv("PILOTLIGHT_CONTAINER_ENVIRONMENTS", str(tmp_path / "environments"))
    (directory / "requirements.txt").write_text("./no-such-package\n")

    assert 1 == main([str(tmp_path / "images"), "build", "--tag", "x", "."])
    assert "no-such-package" in capsys.readouterr().err


def test_what_nobody_asks_is_refused(tmp_path: Path) -> None:
    """It does not pretend to be all of Docker."""
    assert UNKNOWN_COMMAND == main([str(tmp_path), "run", "x"])
