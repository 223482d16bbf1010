"""The models below the prefix of a multi-model endpoint: how big they are, and their files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from botocore.exceptions import BotoCoreError, ClientError

from pilotlight.catalog.multi_model import MODEL_MEMORY_METADATA, MODEL_MEMORY_VARIABLE
from pilotlight.hosting.model_cache import TargetModel
from pilotlight.local.aws import Aws
from pilotlight.local.containers.s3_location import S3Location
from pilotlight.local.containers.safe_unpack import ArtefactRefused, unpack
from pilotlight.local.control_plane.container_definition import ContainerDefinition
from pilotlight.local.endpoint.transient import retried

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class TargetModels:
    """Looks at S3. Thread-safe.

    prefix: what the names of models are added to. memory: bytes that a model takes once loaded, when its
    object does not say. Default: as many as its artefact has.
    """

    s3: Any
    prefix: S3Location
    memory: int | None = None

    @classmethod
    def of(cls, definition: ContainerDefinition, aws: Aws) -> TargetModels:
        """Those of a multi-model container. Raises ValueError when it has no prefix in S3."""
        if definition.model_data_url is None:
            msg = "a multi-model container must have a ModelDataUrl, got none"
            raise ValueError(msg)
        declared = definition.environment.get(MODEL_MEMORY_VARIABLE)
        memory = None if declared is None else int(declared) * MEBIBYTE
        return cls(aws.client("s3"), S3Location.parse(definition.model_data_url), memory)

    def describe(self, name: str) -> TargetModel:
        """A model with its sizes; without any when S3 has none of this name: fetching it will tell."""
        location = self._location(name)
        try:
            head = retried(lambda: self.s3.head_object(Bucket=location.bucket, Key=location.key))
        except (BotoCoreError, ClientError):
            return TargetModel(name, 0, 0)
        size = int(head["ContentLength"])
        return TargetModel(name, size, self._memory(head.get("Metadata", {}), size))

    def fetch(self, name: str, folder: Path) -> None:
        """Download a model and unpack it into an empty folder. Raises ArtefactRefused."""
        location = self._location(name)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            with TemporaryFile(dir=folder.parent) as archive:  # unpacking goes through it twice
                retried(lambda: self._copy(location, archive))
                unpack(archive, folder)
        except (BotoCoreError, ClientError) as error:
            msg = f"unable to download {location}: {error}"
            raise ArtefactRefused(msg) from error

    def _copy(self, location: S3Location, file: IO[bytes]) -> None:
        file.seek(0)
        file.truncate()
        shutil.copyfileobj(self.s3.get_object(Bucket=location.bucket, Key=location.key)["Body"], file)
        file.seek(0)

    def _location(self, name: str) -> S3Location:
        return S3Location(self.prefix.bucket, f"{self.prefix.key}{name.removeprefix('/')}")

    def _memory(self, metadata: Mapping[str, str], size: int) -> int:
        declared = metadata.get(MODEL_MEMORY_METADATA)
        if declared is not None and declared.isdecimal():
            return int(declared) * MEBIBYTE
        return size if self.memory is None else self.memory
