"""Names of buckets, and of what is in them: `s3://bucket/key`."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, ValidationInfo

from pilotlight.catalog.buckets import BUCKET_NAME, BUCKET_NAME_PATTERN, IP_ADDRESS_PATTERN, NOT_IN_KEYS
from pilotlight.spec.from_file import FROM_FILE
from pilotlight.spec.refusing import refused

S3: Final = "s3://"
UNKNOWN: Final = re.compile(r"\$\{[^}]*\}")
"""Stands for what only a deployment knows, in what is read out of a template."""

OF_A_NAME: Final = f"lower-case letters, digits and hyphens, with single dots between them, {BUCKET_NAME}"
OF_A_KEY: Final = f"printable text without {' '.join(sorted(NOT_IN_KEYS))}"
WRITE_IT_OUT: Final = "a fleet file fills nothing in: write the name out"


def in_bucket(uri: str) -> tuple[str, str | None]:
    """Take `s3://bucket/key` apart; the key is None where not even a slash follows the bucket."""
    bucket, slash, key = uri.removeprefix(S3).partition("/")
    return bucket, key if slash else None


def refuse_impossible_place(bucket: str, key: str, info: ValidationInfo) -> None:
    """Raise when S3 has no such bucket, or a policy cannot name the key.

    Parts of both may be unknown in what is read out of a template, but not in a fleet file.
    """
    _refuse_impossible_bucket(bucket, info)
    whole = _filled_in(key, info)
    if not whole.isprintable() or NOT_IN_KEYS & {*whole}:
        raise refused("not a key that a policy can name", got=key, allowed=OF_A_KEY, hint=_hint(key))


def _refuse_impossible_bucket(name: str, info: ValidationInfo) -> None:
    whole = _filled_in(name, info)
    fits = re.fullmatch(BUCKET_NAME_PATTERN, whole) is not None and BUCKET_NAME.allows(len(whole))
    if not fits or re.fullmatch(IP_ADDRESS_PATTERN, whole) is not None:
        got = name or "nothing"
        raise refused("not the name of a bucket", got=got, allowed=OF_A_NAME, hint=_hint(name))


def _filled_in(text: str, info: ValidationInfo) -> str:
    return text if info.context == FROM_FILE else UNKNOWN.sub("xyz", text)


def _hint(text: str) -> str:
    return WRITE_IT_OUT if UNKNOWN.search(text) else ""


def _bucket(value: str, info: ValidationInfo) -> str:
    _refuse_impossible_bucket(value, info)
    return value


BucketName = Annotated[str, AfterValidator(_bucket)]
"""As `amzn-models-012345678901`."""
