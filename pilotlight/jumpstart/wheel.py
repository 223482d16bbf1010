"""Reads JumpStart's models out of the wheel of generative-ai-cdk-constructs, without installing it.

The wheel holds the npm package that jsii runs, a tarball. In there, jumpstart-models.json is a Node buffer,
`{"type": "Buffer", "data": [bytes]}`, of raw deflated JSON: one object per version of a model.
"""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path
from typing import IO, Any, Final

from pilotlight.jumpstart.refused import JumpStartRefused
from pilotlight.spec.jumpstart_model import LockSource

TARBALL: Final = ".jsii.tgz"
MODELS: Final = "/jumpstart-models.json"
METADATA: Final = ".dist-info/METADATA"
RAW_DEFLATE: Final = -zlib.MAX_WBITS

UNREADABLE: Final = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    LookupError,
    TypeError,
    ValueError,
)
"""How Python's readers complain about files that are something else, or damaged."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """What a wheel says.

    Attributes:
        source: the package and the day it was built.
        models: one entry per version, as the package writes it.
    """

    source: LockSource
    models: tuple[dict[str, Any], ...]


def read_wheel(path: Path) -> Wheel:
    """Read a wheel. Raises JumpStartRefused when the file cannot be read or is another one."""
    try:
        with zipfile.ZipFile(path) as archive:
            source = LockSource(data=_requirement(archive), date=_built_on(archive))
            with archive.open(_only(archive.namelist(), TARBALL)) as tarball:
                entries = json.loads(_inflated(tarball))
        return Wheel(source, tuple(dict(entry) for entry in entries.values()))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise JumpStartRefused(f"cannot be read: {reason}", file=path) from None
    except UNREADABLE as error:
        hint = "pip download --no-deps cdklabs.generative-ai-cdk-constructs"
        what = f"not a wheel with JumpStart's models: {error or type(error).__name__}"
        raise JumpStartRefused(what, hint=hint, file=path) from None


def _inflated(tarball: IO[bytes]) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(tarball.read()), mode="r:gz") as package:
        file = package.extractfile(_only(package.getnames(), MODELS))
        if file is None:
            raise LookupError(f"{MODELS[1:]} is no file")
        buffer = json.load(file)
    return zlib.decompress(bytes(buffer["data"]), RAW_DEFLATE)


def _only(names: list[str], ending: str) -> str:
    for name in names:
        if name.endswith(ending):
            return name
    raise LookupError(f"holds no *{ending}")


def _requirement(archive: zipfile.ZipFile) -> str:
    metadata = HeaderParser().parsestr(archive.read(_only(archive.namelist(), METADATA)).decode())
    return f"{metadata['Name']} {metadata['Version']}"


def _built_on(archive: zipfile.ZipFile) -> str:
    year, month, day = max(info.date_time for info in archive.infolist())[:3]
    return f"{year:04}-{month:02}-{day:02}"
