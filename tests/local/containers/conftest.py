"""Containers for tests: a home folder, an S3 that is a dictionary, and the packed example model."""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from pilotlight.local.home import Home

TICKET_INTENT = Path(__file__).parents[3] / "examples" / "models" / "ticket_intent"


def tarball(files: Mapping[str, bytes]) -> bytes:
    """A gzip-compressed tar with these files."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return archive.getvalue()


class DictionaryS3:
    """The few calls of S3 that fetching a model takes."""

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str], bytes] = {}
        self.fetched: list[str] = []

    def head_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - S3's own names
        """HeadObject."""
        return {"ETag": hashlib.sha256(self._content(Bucket, Key)).hexdigest()}

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - as above
        """GetObject."""
        self.fetched.append(Key)
        return {"Body": io.BytesIO(self._content(Bucket, Key))}

    def get_paginator(self, operation: str) -> DictionaryS3:
        """The paginator of ListObjectsV2, which is this object."""
        assert operation == "list_objects_v2"
        return self

    def paginate(self, *, Bucket: str, Prefix: str) -> Iterator[dict[str, Any]]:  # noqa: N803 - as above
        """Pages of one object each."""
        for (bucket, key), content in self.objects.items():
            if bucket == Bucket and key.startswith(Prefix):
                yield {"Contents": [{"Key": key, "ETag": hashlib.sha256(content).hexdigest()}]}

    def _content(self, bucket: str, key: str) -> bytes:
        if (bucket, key) not in self.objects:
            raise ClientError({"Error": {"Code": "NoSuchKey", "Message": "no such key"}}, "GetObject")
        return self.objects[bucket, key]


class S3Only:
    """An `Aws` that has nothing but S3."""

    def __init__(self) -> None:
        self.s3 = DictionaryS3()

    def client(self, service: str) -> DictionaryS3:
        """The client of S3."""
        assert service == "s3"
        return self.s3

    def environment(self) -> dict[str, str]:
        """What containers get that may call AWS."""
        return {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}


@pytest.fixture
def aws() -> Any:
    """An `Aws` that has nothing but S3, and that empty."""
    return S3Only()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The state folder of an emulator."""
    return Home(tmp_path / "home").create()


@pytest.fixture(scope="session")
def ticket_intent_tarball() -> bytes:
    """The example model as its artefact is packed."""
    files = ("model.joblib", "code/inference.py")
    return tarball({name: (TICKET_INTENT / name).read_bytes() for name in files})
