"""Where the artefact of a model is: a local directory, or something in S3."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, ValidationInfo

from pilotlight.catalog.limits import MODEL_DATA_URL
from pilotlight.spec.bucket import S3, in_bucket, refuse_impossible_place
from pilotlight.spec.local_directory import is_directory_name
from pilotlight.spec.refusing import refused

ONE_ARCHIVE: Final = "s3://bucket/model.tar.gz, or a directory relative to the fleet file"
"""What takes the place of a prefix where SageMaker reads none."""

_ALLOWED: Final = f"s3://bucket/prefix/, {ONE_ARCHIVE}"


def is_local(source: str) -> bool:
    """Tell whether a source is a directory beside the fleet file, to be packed and uploaded."""
    return not source.startswith(S3)


def is_prefix(source: str) -> bool:
    """Tell whether a source is a prefix in S3: many objects, not one archive."""
    return not is_local(source) and source.endswith("/")


def _checked(value: str, info: ValidationInfo) -> str:
    if is_local(value):
        if not is_directory_name(value):
            raise refused("not a source", allowed=_ALLOWED)
        return value
    bucket, key = in_bucket(value)
    if key is None or not (key == "" or key.endswith(("/", ".tar.gz"))):
        raise refused("neither a prefix nor a tarball", allowed=_ALLOWED, hint="a prefix ends in /")
    refuse_impossible_place(bucket, key, info)
    if not MODEL_DATA_URL.allows(len(value)):
        raise refused("too long", got=f"{len(value)} characters", allowed=str(MODEL_DATA_URL))
    return value


Source = Annotated[str, AfterValidator(_checked)]
"""A path with forward slashes relative to the fleet file, or an S3 URI."""
