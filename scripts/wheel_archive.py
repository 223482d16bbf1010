"""Reads single files out of a wheel, without installing it."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any


def read_json(wheel: Path, name: str) -> Any:
    """Read a JSON file of a wheel, gzipped or not."""
    with zipfile.ZipFile(wheel) as archive:
        raw = archive.read(name)
    return json.loads(gzip.decompress(raw) if name.endswith(".gz") else raw)


def read_text(wheel: Path, name: str) -> str:
    """Read a text file of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name).decode()


def requirement(wheel: Path) -> str:
    """Name what a wheel is, as `sagemaker-core 2.27.0`."""
    distribution, version = wheel.name.split("-")[:2]
    return f"{distribution.replace('_', '-')} {version}"


def packed_on(wheel: Path) -> str:
    """Give the day a wheel was built on, as `2026-10-21`."""
    with zipfile.ZipFile(wheel) as archive:
        year, month, day = max(info.date_time for info in archive.infolist())[:3]
    return f"{year:04}-{month:02}-{day:02}"


def one_entry_a_line(entries: dict[str, Any], indent: str = "  ") -> str:
    """Write a JSON object with each entry on its own line, so that a diff shows what changed."""
    lines = ",\n".join(f"{indent}{json.dumps(key)}: {json.dumps(value)}" for key, value in entries.items())
    return f"{{\n{lines}\n{indent[:-2]}}}"
