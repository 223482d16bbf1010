"""Fetches the files of a model from S3 into the folder that its containers see as /opt/ml/model."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp
from threading import Lock
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from pilotlight.local.aws import Aws
from pilotlight.local.containers.s3_location import S3Location
from pilotlight.local.containers.safe_unpack import ArtefactRefused, unpack
from pilotlight.local.control_plane.container_definition import ContainerDefinition, S3ModelData


@dataclass(frozen=True, slots=True)
class _Object:
    """An object of a model. name: of the file it becomes, below the folder; None: it is a tarball."""

    where: S3Location
    name: str | None
    tag: str


class ModelFiles:
    """The unpacked artefacts of one emulator. Containers of the same artefact share its folder.

    root: folder for all of them.
    """

    def __init__(self, root: Path, aws: Aws) -> None:
        self._root = root
        self._s3 = aws.client("s3")
        self._lock = Lock()

    def folder_of(self, definition: ContainerDefinition) -> Path:
        """The folder with the model's files; empty when the container has no model data.

        Raises ArtefactRefused when S3 has no such artefact, or it cannot be unpacked.
        """
        source = _source_of(definition)
        try:
            with self._lock:
                return self._fetched([] if source is None else self._objects(source))
        except (BotoCoreError, ClientError, ValueError) as error:
            msg = f"the model data at {source and source.uri} cannot be used: {error}"
            raise ArtefactRefused(msg) from error

    def _objects(self, source: S3ModelData) -> list[_Object]:
        """The objects to fetch; names as S3ModelDataSource, CompressionType says (botocore 1.43.106)."""
        location = S3Location.parse(source.uri)
        if source.is_prefix:
            return self._below(location)
        tag = self._s3.head_object(Bucket=location.bucket, Key=location.key)["ETag"]
        return [_Object(location, None if source.is_tarball else location.key.rpartition("/")[2], tag)]

    def _below(self, prefix: S3Location) -> list[_Object]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=prefix.bucket, Prefix=prefix.key)
        found = [each for page in pages for each in page.get("Contents", ()) if not each["Key"].endswith("/")]
        if not found:
            msg = "no object has this prefix"
            raise ArtefactRefused(msg)
        return [
            _Object(
                S3Location(prefix.bucket, each["Key"]), each["Key"].removeprefix(prefix.key), each["ETag"]
            )
            for each in found
        ]

    def _fetched(self, objects: list[_Object]) -> Path:
        digest = hashlib.sha256(repr(objects).encode()).hexdigest()
        folder = self._root / digest[:16]
        if not folder.exists():
            self._root.mkdir(parents=True, exist_ok=True)
            draft = Path(mkdtemp(dir=self._root))
            try:
                for each in objects:
                    body = self._s3.get_object(Bucket=each.where.bucket, Key=each.where.key)["Body"]
                    self._place(body, draft, each.name)
                _move(draft, folder)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
        return folder

    def _place(self, body: Any, folder: Path, name: str | None) -> None:
        """Unpack a tarball, or write the object under its name."""
        if name is None:
            with TemporaryFile(dir=self._root) as archive:  # unpacking goes through it twice
                shutil.copyfileobj(body, archive)
                archive.seek(0)
                unpack(archive, folder)
            return
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            msg = f"names below a model prefix must stay inside it, got {name}"
            raise ArtefactRefused(msg)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            shutil.copyfileobj(body, file)


def _move(draft: Path, folder: Path) -> None:
    """Put a complete folder in its place; another endpoint may have been faster with the same artefact."""
    try:
        draft.rename(folder)
    except OSError:
        if not folder.exists():
            raise


def _source_of(definition: ContainerDefinition) -> S3ModelData | None:
    """Where the model's files are; a ModelDataUrl names a tarball."""
    if definition.model_data is not None or definition.model_data_url is None:
        return definition.model_data
    return S3ModelData(definition.model_data_url, "S3Object", "Gzip")
