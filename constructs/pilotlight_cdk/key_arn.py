"""The ARN of a key; the CDK is asked once per key, because each question crosses to Node."""

from __future__ import annotations

from typing import Final
from weakref import WeakKeyDictionary

from aws_cdk import aws_kms as kms


def key_arn(key: kms.IKey) -> str:
    """Give the ARN, which may be a reference."""
    if key not in _KNOWN:
        _KNOWN[key] = key.key_arn
    return _KNOWN[key]


_KNOWN: Final[WeakKeyDictionary[kms.IKey, str]] = WeakKeyDictionary()
