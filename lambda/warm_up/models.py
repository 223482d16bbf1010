"""The models below an S3 prefix, and the samples beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sample import ARCHIVE, SUFFIX, MalformedSampleError, Sample, read_sample, sample_name
from target import Target

MEMORY_METADATA = "pilotlight-memory-mib"


@dataclass(frozen=True, slots=True)
class Models:
    """A prefix of a bucket behind an S3 client."""

    s3: Any
    bucket: str
    prefix: str

    def targets(self) -> Iterator[Target]:
        """All artefacts below the prefix; what is neither an artefact nor a sample is left alone."""
        found = {entry["Key"].removeprefix(self.prefix): entry for entry in self._entries()}
        for name, entry in found.items():
            if name.endswith(ARCHIVE):
                has_sample = sample_name(name) in found
                yield Target(name, entry["Size"], entry["LastModified"].timestamp(), has_sample)

    def sample(self, target: Target) -> Sample:
        """The sample beside an artefact.

        Raises:
            MalformedSampleError: it is no sample, or there is nothing in it to send.
        """
        key = self.prefix + sample_name(str(target.name))
        sample = read_sample(self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read())
        if sample.body is None:
            raise MalformedSampleError("sample has no body")
        return sample

    def memory_mib(self, target: Target) -> float | None:
        """What a model takes once loaded, as the metadata of its artefact declare it; None without."""
        head = self.s3.head_object(Bucket=self.bucket, Key=f"{self.prefix}{target.name}")
        try:
            declared = float(head["Metadata"][MEMORY_METADATA])
        except (KeyError, ValueError):
            return None
        return declared if 0 < declared < float("inf") else None

    def _entries(self) -> Iterator[Any]:
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix)
        for page in pages:
            for entry in page.get("Contents", ()):
                if entry["Key"].endswith((ARCHIVE, SUFFIX)):
                    yield entry
