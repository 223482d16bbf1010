"""The bucket in which AWS keeps JumpStart's catalogue: the seam between the live data and S3."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from pilotlight.catalog.jumpstart import content_bucket
from pilotlight.jumpstart.refused import JumpStartRefused


@dataclass(frozen=True, slots=True)
class Fetched:
    """An object of the bucket, and the day it was last changed, as 2026-09-01."""

    body: bytes
    date: str


class ContentBucket(Protocol):
    """The catalogue of one region."""

    @property
    def region(self) -> str:
        """The region."""

    def read(self, key: str) -> Fetched:
        """Read an object. Raises JumpStartRefused."""

    def size_of(self, key: str) -> int | None:
        """Give the bytes of a tarball or of all objects under a prefix; None when that is not told."""


class S3ContentBucket:
    """The real one, read without credentials.

    The buckets answer anonymous HTTPS requests for the manifest and the specifications (so the generator of
    generative-ai-cdk-constructs reads them). That they also let anyone list an artefact is assumed: when they
    do not, its size is unknown.
    """

    def __init__(self, region: str) -> None:
        self.region = region
        self._bucket = content_bucket(region)

    def read(self, key: str) -> Fetched:
        """Read an object."""
        with self._refusals(key):
            answer = self._s3.get_object(Bucket=self._bucket, Key=key)
            return Fetched(answer["Body"].read(), answer["LastModified"].date().isoformat())

    def size_of(self, key: str) -> int | None:
        """Add up the objects under a key."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 (part of an extra)

        try:
            pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=key)
            return sum(each["Size"] for page in pages for each in page.get("Contents", ())) or None
        except (BotoCoreError, ClientError):
            return None

    @cached_property
    def _s3(self) -> Any:
        import boto3  # noqa: PLC0415 (part of an extra)
        from botocore import UNSIGNED  # noqa: PLC0415 (as above)
        from botocore.config import Config  # noqa: PLC0415 (as above)

        config = Config(signature_version=UNSIGNED, connect_timeout=15, retries={"max_attempts": 2})
        return boto3.client("s3", region_name=self.region, config=config)

    @contextmanager
    def _refusals(self, key: str) -> Iterator[None]:
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 (part of an extra)

        try:
            yield
        except (BotoCoreError, ClientError) as error:
            what = f"s3://{self._bucket}/{key} cannot be read: {error}"
            raise JumpStartRefused(what, hint="without --live no AWS is needed") from error
