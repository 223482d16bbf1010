"""Packs a model directory as `model.tar.gz`, the same bytes for the same content, wherever it is done."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pathspec

from pilotlight.spec import FleetRefused, Refusal

IGNORE_FILE: Final = ".modelignore"
"""Names what is not part of the artefact, in gitignore patterns; it is not packed itself."""

NEVER_PACKED: Final = (IGNORE_FILE, "__pycache__/", "*.pyc", ".git/")

COMPRESSION: Final = 6
"""As the gzip command; weights hardly get smaller with more."""


def pack_directory(directory: Path, target: Path) -> str:
    """Write the files of a directory into a gzipped tar archive.

    Times, owners and the order of files are fixed, of the permissions only "may be executed" is kept.

    Args:
        directory: the folder whose content becomes the root of the archive.
        target: the archive to write.

    Returns:
        The SHA-256 of the archive before compression, which does not depend on the version of zlib.

    Raises:
        FleetRefused: it is no directory, nothing is left to pack, or it contains something other than files.
    """
    files = files_to_pack(directory)
    with tempfile.TemporaryFile() as plain:
        with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for name in files:
                _add(archive, directory / name, name)
        plain.seek(0)
        digest = hashlib.file_digest(plain, "sha256").hexdigest()
        plain.seek(0)
        with target.open("wb") as raw, gzip.GzipFile("", "wb", COMPRESSION, raw, mtime=0) as zipped:
            shutil.copyfileobj(plain, zipped)
    return digest


def files_to_pack(directory: Path) -> tuple[str, ...]:
    """List what belongs to the artefact, relative to the directory, in the order of the archive.

    Raises:
        FleetRefused: as `pack_directory`.
    """
    if not directory.is_dir():
        raise _refused(directory, "no such directory")
    names = sorted(_walk(directory, directory, _ignored(directory)))
    strange = [name for name in names if (directory / name).is_symlink() or not (directory / name).is_file()]
    if strange:
        raise FleetRefused(tuple(_not_a_file(directory / name) for name in strange))
    if not names:
        raise _refused(directory, "holds nothing to pack")
    return tuple(names)


def _ignored(directory: Path) -> pathspec.GitIgnoreSpec:
    file = directory / IGNORE_FILE
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return pathspec.GitIgnoreSpec.from_lines([*lines, *NEVER_PACKED])


def _walk(root: Path, directory: Path, ignored: pathspec.GitIgnoreSpec) -> Iterator[str]:
    with os.scandir(directory) as entries:
        for entry in entries:
            name = Path(entry.path).relative_to(root).as_posix()
            is_directory = entry.is_dir(follow_symlinks=False)
            if ignored.match_file(f"{name}/" if is_directory else name):
                continue
            if is_directory:
                yield from _walk(root, Path(entry.path), ignored)
            else:
                yield name


def _add(archive: tarfile.TarFile, file: Path, name: str) -> None:
    status = file.stat()
    entry = tarfile.TarInfo(name)
    entry.size = status.st_size
    entry.mode = 0o755 if status.st_mode & 0o100 else 0o644
    with file.open("rb") as content:
        archive.addfile(entry, content)


def _not_a_file(path: Path) -> Refusal:
    return Refusal(
        "",
        None,
        str(path),
        "cannot be packed",
        got="a symbolic link" if path.is_symlink() else "a special file",
        allowed="files and directories",
        hint=f"copy what it points to, or name it in {IGNORE_FILE}",
    )


def _refused(directory: Path, what: str) -> FleetRefused:
    return FleetRefused((Refusal("", None, str(directory), what),))
