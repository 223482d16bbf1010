"""Models come out of S3 into a folder that their containers share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotlight.local.containers.model_files import ModelFiles
from pilotlight.local.containers.safe_unpack import ArtefactRefused
from pilotlight.local.control_plane.container_definition import ContainerDefinition, S3ModelData


def of_url(url: str) -> ContainerDefinition:
    """A container whose model is a tarball."""
    return ContainerDefinition(image="image", model_data_url=url)


def of_source(uri: str, data_type: str, compression: str) -> ContainerDefinition:
    """A container whose model is given by ModelDataSource."""
    return ContainerDefinition(image="image", model_data=S3ModelData(uri, data_type, compression))


@pytest.fixture
def files(aws: Any, tmp_path: Path) -> ModelFiles:
    """A store of models in an empty folder."""
    return ModelFiles(tmp_path / "models", aws)


@pytest.mark.parametrize(
    "definition",
    [of_url("s3://b/m/model.tar.gz"), of_source("s3://b/m/model.tar.gz", "S3Object", "Gzip")],
)
def test_tarball_is_unpacked(
    files: ModelFiles, aws: Any, ticket_intent_tarball: bytes, definition: ContainerDefinition
) -> None:
    """Both ways to name a tarball give its files."""
    aws.s3.objects["b", "m/model.tar.gz"] = ticket_intent_tarball
    folder = files.folder_of(definition)

    assert {"model.joblib", "code"} == {path.name for path in folder.iterdir()}


def test_prefix_of_plain_objects_becomes_a_folder(files: ModelFiles, aws: Any) -> None:
    """Uncompressed models keep their names below the prefix."""
    aws.s3.objects |= {
        ("b", "m/a.bin"): b"a",
        ("b", "m/deep/b.bin"): b"b",
        ("b", "other"): b"c",
        ("b", "m/"): b"",
    }
    folder = files.folder_of(of_source("s3://b/m/", "S3Prefix", "None"))

    assert (b"a", b"b") == ((folder / "a.bin").read_bytes(), (folder / "deep" / "b.bin").read_bytes())
    assert {"a.bin", "deep"} == {path.name for path in folder.iterdir()}


def test_plain_object_keeps_its_name(files: ModelFiles, aws: Any) -> None:
    """The last part of its key; what only begins alike is another object."""
    aws.s3.objects |= {("b", "m/weights.bin"): b"a", ("b", "m/weights.bin.old"): b"b"}
    folder = files.folder_of(of_source("s3://b/m/weights.bin", "S3Object", "None"))

    assert {"weights.bin": b"a"} == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_same_artefact_is_fetched_once(files: ModelFiles, aws: Any, ticket_intent_tarball: bytes) -> None:
    """Instances that run the same artefact share its folder."""
    aws.s3.objects["b", "model.tar.gz"] = ticket_intent_tarball

    assert files.folder_of(of_url("s3://b/model.tar.gz")) == files.folder_of(of_url("s3://b/model.tar.gz"))
    assert ["model.tar.gz"] == aws.s3.fetched


def test_artefact_that_was_overwritten_is_fetched_again(
    files: ModelFiles, aws: Any, ticket_intent_tarball: bytes
) -> None:
    """The folder belongs to the content, not to the name."""
    aws.s3.objects["b", "model.tar.gz"] = ticket_intent_tarball
    former = files.folder_of(of_url("s3://b/model.tar.gz"))
    aws.s3.objects["b", "model.tar.gz"] = ticket_intent_tarball + b"\0"

    assert former != files.folder_of(of_url("s3://b/model.tar.gz"))


def test_container_without_model_data_gets_an_empty_folder(files: ModelFiles) -> None:
    """An image may bring its model with it."""
    assert [] == list(files.folder_of(ContainerDefinition(image="image")).iterdir())


@pytest.mark.parametrize(
    ("definition", "complaint"),
    [
        (of_url("s3://b/missing.tar.gz"), "NoSuchKey"),
        (of_source("s3://b/missing/", "S3Prefix", "None"), "no object has this prefix"),
        (of_url("ftp://b/model.tar.gz"), "location must be s3://bucket/key"),
        (of_url("s3://b/text"), "must be a gzip-compressed tar"),
        (of_source("s3://b/up/", "S3Prefix", "None"), "must stay inside it"),
    ],
)
def test_fails_when_the_model_cannot_be_used(
    files: ModelFiles, aws: Any, definition: ContainerDefinition, complaint: str, tmp_path: Path
) -> None:
    """The refusal names the location and what is wrong with it, and leaves nothing behind."""
    aws.s3.objects |= {("b", "text"): b"text", ("b", "up/../../x"): b"x"}

    with pytest.raises(ArtefactRefused, match=f"the model data at .*{complaint}"):
        files.folder_of(definition)
    assert [] == [path for path in tmp_path.rglob("*") if path.name != "models"]
