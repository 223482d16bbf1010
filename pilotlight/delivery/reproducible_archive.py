"""Writes a gzipped tar archive: the same bytes for the same content, wherever and whenever it is written."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

COMPRESSION: Final = 6
"""As the gzip command; weights hardly get smaller with more."""

Content = Path | bytes | None
"""A file, its bytes, or a folder without any file."""


def write_archive(content: Mapping[str, Content], target: Path) -> str:
    """Write an archive in the order of the names; times, owners and permissions are fixed.

    The archive appears when it is complete, in place of one that was there.

    Returns:
        The SHA-256 of the archive before compression, which does not depend on the version of zlib.

    Raises:
        OSError: a file cannot be read, or the archive cannot be written.
    """
    with tempfile.TemporaryFile() as plain:
        with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for name in sorted(content):
                _add(archive, name, content[name])
        plain.seek(0)
        digest = hashlib.file_digest(plain, "sha256").hexdigest()
        plain.seek(0)
        draft = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            with draft.open("wb") as raw, gzip.GzipFile("", "wb", COMPRESSION, raw, mtime=0) as zipped:
                shutil.copyfileobj(plain, zipped)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    return digest


def content_digest(content: Mapping[str, Content]) -> str:
    """Give a SHA-256 of names and bytes, without writing anything."""
    total = hashlib.sha256()
    for name in sorted(content):
        item = content[name]
        if isinstance(item, Path):
            with item.open("rb") as file:
                part = hashlib.file_digest(file, "sha256").hexdigest()
        else:
            part = "folder" if item is None else hashlib.sha256(item).hexdigest()
        total.update(f"{len(name.encode())}:{name}:{part}\n".encode())
    return total.hexdigest()


def _add(archive: tarfile.TarFile, name: str, item: Content) -> None:
    entry = tarfile.TarInfo(name)
    if item is None:
        entry.type, entry.mode = tarfile.DIRTYPE, 0o755
        archive.addfile(entry)
        return
    entry.mode = 0o644
    with item.open("rb") if isinstance(item, Path) else io.BytesIO(item) as file:
        entry.size = file.seek(0, os.SEEK_END)
        file.seek(0)
        archive.addfile(entry, file)
