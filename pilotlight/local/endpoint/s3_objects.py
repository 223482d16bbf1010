"""Reads the inputs and writes the results of requests."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from pilotlight.local.aws import Aws
from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.s3_location import S3Location
from pilotlight.local.endpoint.flaky_writes import FlakyWrites
from pilotlight.local.endpoint.transient import retried
from pilotlight.local.faults import LocalFault


class ObjectError(Exception):
    """An object could not be read or written, also not after trying again."""


class S3Objects:
    """The objects in S3 that requests name. Thread-safe."""

    def __init__(self, aws: Aws, faults: Collection[LocalFault] = ()) -> None:
        self._s3 = aws.client("s3")
        self._flaky = FlakyWrites(faults)

    def read(self, uri: str) -> bytes:
        """The content of an object; raises ObjectError."""
        try:
            location = S3Location.parse(uri)
            return retried(lambda: self._get(location))
        except (BotoCoreError, ClientError, ValueError) as error:
            msg = f"failed to download the input from {uri}: {error}"
            raise ObjectError(msg) from error

    def write(self, location: S3Location, answer: Answer, kms_key_id: str | None) -> None:
        """Write an answer; raises ObjectError. kms_key_id: default is the bucket's own encryption."""
        options: dict[str, Any] = {} if answer.content_type is None else {"ContentType": answer.content_type}
        if kms_key_id is not None:
            options |= {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": kms_key_id}
        try:
            retried(self._flaky.flaky(lambda: self._put(location, Body=answer.body, **options)))
        except (BotoCoreError, ClientError) as error:
            msg = f"failed to upload the result to {location}: {error}"
            raise ObjectError(msg) from error

    def _get(self, location: S3Location) -> bytes:
        content: bytes = self._s3.get_object(Bucket=location.bucket, Key=location.key)["Body"].read()
        return content

    def _put(self, location: S3Location, **content: Any) -> None:
        self._s3.put_object(Bucket=location.bucket, Key=location.key, **content)
