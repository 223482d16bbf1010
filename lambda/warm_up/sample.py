"""The request that a model is warmed with: a valid one, since an invalid one may never reach the model.

A sample is a JSON object beside the artefact, `tenant-a/v3.sample.json` for `tenant-a/v3.tar.gz`:

| key | meaning |
|---|---|
| body | the request; text as it is, anything else as JSON |
| body_base64 | instead of body: a request of bytes |
| content_type | default application/json |
| accept | default: the container chooses |

A model without a sample is asked with the default sample of the endpoint. Pure.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SUFFIX = ".sample.json"
ARCHIVE = ".tar.gz"
KEYS = frozenset({"body", "body_base64", "content_type", "accept"})


class MalformedSampleError(ValueError):
    """The sample is nothing to send; says what is wrong and never what was in it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A request. Without a body there is nothing to send."""

    body: bytes | None = None
    content_type: str = "application/json"
    accept: str | None = None


def sample_name(model: str) -> str:
    """Where the sample of a model lies, relative to the prefix of the models."""
    return model.removesuffix(ARCHIVE) + SUFFIX


def read_sample(text: str | bytes) -> Sample:
    """Read a sample.

    Raises:
        MalformedSampleError: it is not as described above.
    """
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedSampleError("sample is not readable JSON") from error
    if not isinstance(said, dict):
        raise MalformedSampleError("sample is not an object")
    if said.keys() - KEYS:
        raise MalformedSampleError(f"sample has unknown keys, allowed are {', '.join(sorted(KEYS))}")
    return Sample(
        body=_body(said),
        content_type=_text(said, "content_type") or "application/json",
        accept=_text(said, "accept"),
    )


def _body(said: Mapping[str, Any]) -> bytes | None:
    if "body" in said and "body_base64" in said:
        raise MalformedSampleError("sample has both body and body_base64")
    if "body_base64" in said:
        try:
            return base64.b64decode(said["body_base64"], validate=True)
        except (binascii.Error, TypeError, ValueError) as error:
            raise MalformedSampleError("body_base64 is not base64") from error
    if "body" not in said:
        return None
    body = said["body"]
    try:
        return (body if isinstance(body, str) else json.dumps(body)).encode()
    except UnicodeEncodeError as error:  # half a character, as JSON can say it
        raise MalformedSampleError("body is not text") from error


def _text(said: Mapping[str, Any], key: str) -> str | None:
    value = said.get(key)
    if value is not None and not isinstance(value, str):
        raise MalformedSampleError(f"{key} is not text")
    return value
