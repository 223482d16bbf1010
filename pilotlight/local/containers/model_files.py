"""Fetches the files of a model from S3 into the folder that its containers see as /opt/ml/model."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp
from threading import Lock
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from pilotlight.local.aws import Aws
from pilotlight.local.containers.s3_location import S3Location
from pilotlight.local.containers.safe_unpack import ArtefactRefused, unpack
from pilotlight.local.control_plane.records import ContainerDefinition


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
        uri, as_prefix = _source_of(definition)
        try:
            with self._lock:
                objects = self._objects(uri, as_prefix)
                return self._fetched(objects, as_prefix)
        except (BotoCoreError, ClientError, ValueError) as error:
            msg = f"the model data at {uri} cannot be used: {error}"
            raise ArtefactRefused(msg) from error

    def _objects(self, uri: str | None, as_prefix: bool) -> list[tuple[S3Location, str, str]]:
        """The objects to fetch: location, name below the folder, version tag."""
        if uri is None:
            return []
        location = S3Location.parse(uri)
        if not as_prefix:
            return [
                (
                    location,
                    location.key,
                    self._s3.head_object(Bucket=location.bucket, Key=location.key)["ETag"],
                )
            ]
        pages = self._s3.get_paginator("list_objects_v2").paginate(
            Bucket=location.bucket, Prefix=location.key
        )
        found = [each for page in pages for each in page.get("Contents", ()) if not each["Key"].endswith("/")]
        if not found:
            msg = "no object has this prefix"
            raise ArtefactRefused(msg)
        return [
            (S3Location(location.bucket, each["Key"]), each["Key"].removeprefix(location.key), each["ETag"])
            for each in found
        ]

    def _fetched(self, objects: list[tuple[S3Location, str, str]], as_prefix: bool) -> Path:
        digest = hashlib.sha256(
            repr([as_prefix, *((str(where), tag) for where, _, tag in objects)]).encode()
        ).hexdigest()
        folder = self._root / digest[:16]
        if not folder.exists():
            self._root.mkdir(parents=True, exist_ok=True)
            draft = Path(mkdtemp(dir=self._root))
            try:
                for where, name, _ in objects:
                    body = self._s3.get_object(Bucket=where.bucket, Key=where.key)["Body"]
                    self._place(body, draft, name if as_prefix else None)
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


def _source_of(definition: ContainerDefinition) -> tuple[str | None, bool]:
    """Where the model's files are, and whether they are a prefix of plain objects instead of a tarball."""
    source = definition.model_data
    if source is None:
        return definition.model_data_url, False
    return source.uri, source.compression != "Gzip"
