"""Unpacks a model.tar.gz so that nothing in it can reach outside its folder."""

from __future__ import annotations

import os
import posixpath
import shutil
import tarfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

GIBIBYTE = 2**30


@dataclass(frozen=True, slots=True)
class UnpackLimits:
    """How much an artefact may hold here: a small file can unpack to any size."""

    bytes: int = 16 * GIBIBYTE
    files: int = 100_000


class ArtefactRefused(ValueError):  # noqa: N818 - it is what a user can put right
    """The artefact cannot be unpacked, or must not be."""


def unpack(archive: IO[bytes], folder: Path, limits: UnpackLimits | None = None) -> None:
    """Unpack a gzip-compressed tar into an empty folder.

    Files come first and links last, so nothing is written through a link. Raises ArtefactRefused for anything
    but files, folders and links within the folder, for too much of it, and for a damaged archive.
    """
    try:
        with tarfile.open(fileobj=archive, mode="r:gz") as tar:
            members = _checked(tar, UnpackLimits() if limits is None else limits)
            for member in members:
                if not member.issym():
                    _write(tar, member, folder)
            _link([member for member in members if member.issym()], folder)
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        msg = f"the artefact must be a gzip-compressed tar, got one that cannot be read: {error}"
        raise ArtefactRefused(msg) from error


def _checked(tar: tarfile.TarFile, limits: UnpackLimits) -> list[tarfile.TarInfo]:
    members: list[tarfile.TarInfo] = []
    size = 0
    for member in tar:
        members.append(member)
        size += member.size
        if size > limits.bytes or len(members) > limits.files:
            msg = f"the artefact must hold at most {limits.bytes} bytes in {limits.files} files, got more"
            raise ArtefactRefused(msg)
        if not (member.isreg() or member.isdir() or member.issym() or member.islnk()):
            msg = f"the artefact must hold files and folders only, got {member.name} of another kind"
            raise ArtefactRefused(msg)
        if not _is_inside(member.name):
            msg = f"names in the artefact must stay inside it, got {member.name}"
            raise ArtefactRefused(msg)
    return members


def _is_inside(name: str) -> bool:
    normal = posixpath.normpath(name)
    return not (posixpath.isabs(name) or normal == ".." or normal.startswith("../"))


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    path = folder / posixpath.normpath(member.name)
    if member.isdir():
        path.mkdir(parents=True, exist_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with _content(tar, member) as content, path.open("xb") as file:
        shutil.copyfileobj(content, file)


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    """The content of a file; of a hard link, that of the file it stands for."""
    try:
        content = tar.extractfile(member)
    except KeyError:
        content = None
    if content is None:
        msg = f"links in the artefact must lead to a file of it, got {member.name} to {member.linkname}"
        raise ArtefactRefused(msg)
    return content


def _link(members: Sequence[tarfile.TarInfo], folder: Path) -> None:
    """Links may lead through each other, so only when all are there can be told where each one leads.

    None may lie below another one: it would be made where that one leads to, before this can be told.
    """
    paths = [folder / posixpath.normpath(member.name) for member in members]
    for path, member in zip(paths, members, strict=True):
        if not set(paths).isdisjoint(path.parents):
            msg = f"links in the artefact must not lie below another link, got {member.name}"
            raise ArtefactRefused(msg)
    for path, member in zip(paths, members, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(member.linkname)
    for path, member in zip(paths, members, strict=True):
        leads_to = os.path.realpath(path)  # Path.resolve raises on links that lead to themselves
        if not Path(leads_to).is_relative_to(folder.resolve()):
            msg = f"links in the artefact must stay inside it, got {member.name} to {member.linkname}"
            raise ArtefactRefused(msg)
