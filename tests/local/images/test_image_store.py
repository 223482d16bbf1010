"""Images without Docker: a copy of the directory, its requirements, and its `serve`."""

from __future__ import annotations

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pilotlight.local.images.image_store import ImageStore, ImageUnbuildable, write_program

pytestmark = pytest.mark.thorough

NAME = "123456789012.dkr.ecr.us-east-1.amazonaws.com/assets:0a1b"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory with a Dockerfile and a `serve` that says where it should listen."""
    folder = tmp_path / "container"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM scratch\n")
    (folder / "serve").write_text('#!/bin/sh\necho "$LISTEN_ADDRESS"\n')
    return folder


@pytest.fixture
def store(tmp_path: Path) -> ImageStore:
    """A store without an image."""
    return ImageStore(tmp_path / "images")


def test_an_image_starts_with_the_serve_of_its_directory(store: ImageStore, directory: Path) -> None:
    """On this machine only, and executable whatever the mode of the file was."""
    store.build(NAME, directory)

    said = subprocess.run(store[NAME], capture_output=True, text=True, check=True).stdout

    assert "127.0.0.1\n" == said


def test_an_image_does_not_change_with_its_directory(store: ImageStore, directory: Path) -> None:
    """What was deployed stays until it is built anew."""
    store.build(NAME, directory)
    (directory / "serve").write_text("#!/bin/sh\necho changed\n")

    assert "127.0.0.1\n" == subprocess.run(store[NAME], capture_output=True, text=True, check=True).stdout


def test_a_further_name_is_the_same_image(store: ImageStore, directory: Path) -> None:
    """As `docker tag` gives one."""
    store.build("built", directory)
    store.tag("built", NAME)

    assert store["built"] == store[NAME]
    assert {"built", NAME} == set(store)
    assert 2 == len(store)


def test_there_is_no_image_before_it_is_built(store: ImageStore) -> None:
    """Nothing is made up."""
    assert NAME not in store
    assert 0 == len(store)
    with pytest.raises(KeyError):
        store.tag(NAME, "other")


def test_requirements_come_first_on_the_path(
    store: ImageStore, directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python3` is the one of the image's own environment, which is made once for the same requirements."""
    monkeypatch.setenv("PILOTLIGHT_CONTAINER_ENVIRONMENTS", str(tmp_path / "environments"))
    (directory / "requirements.txt").write_text("# nothing\n")
    (directory / "serve").write_text("#!/bin/sh\ncommand -v python3\n")
    store.build("once", directory)
    made = [each for each in (tmp_path / "environments").iterdir() if each.is_dir()]
    store.build("twice", directory)

    python = subprocess.run(store["twice"], capture_output=True, text=True, check=True).stdout.strip()

    assert [Path(python).parents[1]] == made
    assert store["once"][1] == store["twice"][1]


def test_fails_without_a_serve(store: ImageStore, directory: Path) -> None:
    """The message says what runs here instead of the image."""
    (directory / "serve").unlink()
    with pytest.raises(ImageUnbuildable, match="no Docker in the embedded AWS: it runs the `serve`"):
        store.build(NAME, directory)


def test_a_program_passes_its_arguments_on(tmp_path: Path) -> None:
    """Blanks and quotes survive."""
    program = write_program(tmp_path / "bin" / "docker", ["printf", "%s|", "it's"])

    assert os.access(program, os.X_OK)
    assert "it's|a b|" == subprocess.run([program, "a b"], capture_output=True, text=True, check=True).stdout


def test_two_deployments_write_the_same_program_at_the_same_time(tmp_path: Path) -> None:
    """Stacks are deployed side by side, and each wants the program there."""
    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(lambda _: write_program(tmp_path / "docker", ["true"]), range(200)))

    assert {tmp_path / "docker"} == set(written)
    assert ["docker"] == [file.name for file in tmp_path.iterdir()]
