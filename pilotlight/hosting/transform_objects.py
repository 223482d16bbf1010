"""Which objects a transform job reads, who works on them, and where their answers go."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pilotlight.catalog.batch_transform import OUTPUT_SUFFIX


class BadManifestError(ValueError):
    """A manifest is not what CreateTransformJob takes."""


def manifest_uris(text: str) -> tuple[str, ...]:
    """Give the objects that a manifest lists: a prefix, then paths below it. Raises BadManifestError."""
    try:
        manifest: Any = json.loads(text)
    except ValueError as error:
        raise BadManifestError(f"the manifest is no JSON: {error}") from error
    if not isinstance(manifest, list) or not manifest or not isinstance(manifest[0], dict):
        raise BadManifestError('a manifest is a list that begins with {"prefix": "s3://…"}')
    prefix = manifest[0].get("prefix")
    if not isinstance(prefix, str) or not all(isinstance(path, str) for path in manifest[1:]):
        raise BadManifestError("a manifest is a prefix and paths below it")
    return tuple(f"{prefix}{path}" for path in manifest[1:])


def shared_out(objects: Sequence[str], instances: int) -> tuple[tuple[str, ...], ...]:
    """Give each instance its objects: in turn, each object to one of them."""
    return tuple(tuple(objects[first::instances]) for first in range(instances))


def output_name(uri: str, input_uri: str) -> str:
    """Give where the answers of an object are, below the output path: its path below the input, `.out`."""
    folder = input_uri.rpartition("/")[0] + "/"
    below = uri.removeprefix(folder) if uri.startswith(folder) else uri.rpartition("/")[2]
    return f"{below}{OUTPUT_SUFFIX}"
