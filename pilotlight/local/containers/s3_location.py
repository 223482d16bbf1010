"""Reads the S3 locations that SageMaker's API takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_VIRTUAL_HOST = re.compile(r"(?P<bucket>.+)\.s3[.-][a-z0-9.-]*amazonaws\.com(\.cn)?$")
_PATH_HOST = re.compile(r"s3[.-][a-z0-9.-]*amazonaws\.com(\.cn)?$")


@dataclass(frozen=True, slots=True)
class S3Location:
    """A bucket and a key, or the prefix of keys."""

    bucket: str
    key: str

    @classmethod
    def parse(cls, uri: str) -> S3Location:
        """From `s3://bucket/key`, or the https address of an object in S3; raises ValueError for others."""
        parts = urlsplit(uri)
        if parts.scheme == "s3" and parts.netloc:
            return cls(parts.netloc, uri.partition("://")[2].partition("/")[2])
        path = unquote(parts.path.lstrip("/"))
        if parts.scheme == "https" and (host := _VIRTUAL_HOST.match(parts.netloc)):
            return cls(host["bucket"], path)
        if parts.scheme == "https" and _PATH_HOST.match(parts.netloc):
            bucket, _, key = path.partition("/")
            return cls(bucket, key)
        msg = f"location must be s3://bucket/key or the https address of an object in S3, got {uri}"
        raise ValueError(msg)

    def below(self, name: str) -> S3Location:
        """The key `name` under this prefix, with one slash between them."""
        prefix = self.key.rstrip("/")
        return S3Location(self.bucket, f"{prefix}/{name}" if prefix else name)

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.key}"
