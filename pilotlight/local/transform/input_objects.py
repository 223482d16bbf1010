"""Finds the objects that a transform job reads."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from pilotlight.hosting.transform_objects import BadManifestError, manifest_uris
from pilotlight.local.aws import Aws
from pilotlight.local.containers.s3_location import S3Location
from pilotlight.local.endpoint.s3_objects import ObjectError, S3Objects
from pilotlight.local.endpoint.transient import retried
from pilotlight.local.transform.job import JobFailedError


class InputObjects:
    """The objects of one TransformInput."""

    def __init__(self, aws: Aws, objects: S3Objects, transform_input: Mapping[str, Any]) -> None:
        self._s3 = aws.client("s3")
        self._objects = objects
        source = transform_input["DataSource"]["S3DataSource"]
        self.uri: str = source["S3Uri"]
        self._is_manifest = source["S3DataType"] == "ManifestFile"
        self._is_gzip = transform_input.get("CompressionType") == "Gzip"

    def uris(self) -> tuple[str, ...]:
        """Every object, in the order of its name or of the manifest. Raises JobFailedError without any."""
        try:
            found = self._listed_in_manifest() if self._is_manifest else self._below_prefix()
        except (BadManifestError, ObjectError, BotoCoreError, ClientError, ValueError) as error:
            msg = f"ClientError: cannot read the input {self.uri}: {error}"
            raise JobFailedError(msg) from error
        if not found:
            msg = f"ClientError: no S3 objects found under {self.uri}"
            raise JobFailedError(msg)
        return found

    def read(self, uri: str) -> bytes:
        """The content of an object, decompressed. Raises ObjectError or OSError."""
        body = self._objects.read(uri)
        return gzip.decompress(body) if self._is_gzip else body

    def _listed_in_manifest(self) -> tuple[str, ...]:
        return manifest_uris(self._objects.read(self.uri).decode())

    def _below_prefix(self) -> tuple[str, ...]:
        place = S3Location.parse(self.uri)
        return tuple(str(S3Location(place.bucket, key)) for key in retried(lambda: self._keys(place)))

    def _keys(self, place: S3Location) -> list[str]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=place.bucket, Prefix=place.key)
        keys = [each["Key"] for page in pages for each in page.get("Contents", ())]
        return [key for key in keys if not key.endswith("/")]
