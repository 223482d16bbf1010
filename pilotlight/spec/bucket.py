"""Names of buckets, and of what is in them: `s3://bucket/key`."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, ValidationInfo

from pilotlight.catalog.buckets import BUCKET_NAME, BUCKET_NAME_PATTERN, IP_ADDRESS_PATTERN
from pilotlight.spec.from_file import FROM_FILE
from pilotlight.spec.refusing import refused

S3: Final = "s3://"
UNKNOWN: Final = re.compile(r"\$\{[^}]*\}")
"""Stands for what only a deployment knows, in what is read out of a template."""

ALLOWED: Final = f"lower-case letters, digits and hyphens, with single dots between them, {BUCKET_NAME}"
WRITE_IT_OUT: Final = "a fleet file fills nothing in: write the name out"


def in_bucket(uri: str) -> tuple[str, str | None]:
    """Take `s3://bucket/key` apart; the key is None where not even a slash follows the bucket."""
    bucket, slash, key = uri.removeprefix(S3).partition("/")
    return bucket, key if slash else None


def refuse_impossible_bucket(name: str, info: ValidationInfo) -> None:
    """Raise when S3 has no bucket of this name; parts of it may be unknown, but not in a fleet file."""
    has_gaps = UNKNOWN.search(name) is not None and info.context != FROM_FILE
    whole = UNKNOWN.sub("xyz", name) if has_gaps else name
    fits = re.fullmatch(BUCKET_NAME_PATTERN, whole) is not None and BUCKET_NAME.allows(len(whole))
    if not fits or re.fullmatch(IP_ADDRESS_PATTERN, whole) is not None:
        hint = WRITE_IT_OUT if UNKNOWN.search(name) else ""
        raise refused("not the name of a bucket", got=name or "nothing", allowed=ALLOWED, hint=hint)


def _bucket(value: str, info: ValidationInfo) -> str:
    refuse_impossible_bucket(value, info)
    return value


BucketName = Annotated[str, AfterValidator(_bucket)]
"""As `amzn-models-012345678901`."""
