"""Artefacts unpack completely, or not at all beyond their folder."""

from __future__ import annotations

import gzip
import io
import tarfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotlight.local.containers.safe_unpack import ArtefactRefused, UnpackLimits, unpack


def archive_of(*members: tuple[tarfile.TarInfo, bytes]) -> io.BytesIO:
    """A gzip-compressed tar with exactly these members."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        for member, content in members:
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    archive.seek(0)
    return archive


def file(name: str, content: bytes = b"x") -> tuple[tarfile.TarInfo, bytes]:
    """A regular file."""
    return tarfile.TarInfo(name), content


def special(name: str, kind: bytes, target: str = "") -> tuple[tarfile.TarInfo, bytes]:
    """A member that is no regular file."""
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member, b""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder with something beside it that must not change."""
    (tmp_path / "outside").write_text("mine")
    inside = tmp_path / "inside"
    inside.mkdir()
    return inside


def test_files_folders_and_links_within_are_unpacked(folder: Path) -> None:
    """An ordinary artefact comes out as it was packed; hard links become copies."""
    unpack(
        archive_of(
            special("code", tarfile.DIRTYPE),
            file("code/inference.py", b"script"),
            file("./weights/a.bin", b"weights"),
            special("latest", tarfile.SYMTYPE, "weights/a.bin"),
            special("copy", tarfile.LNKTYPE, "code/inference.py"),
        ),
        folder,
    )

    assert b"script" == (folder / "code" / "inference.py").read_bytes()
    assert b"weights" == (folder / "latest").read_bytes()
    assert b"script" == (folder / "copy").read_bytes()


@pytest.mark.parametrize(
    "members",
    [
        [file("../outside")],
        [file("a/../../outside")],
        [file("/outside")],
        [special("up", tarfile.SYMTYPE, "..")],
        [special("up", tarfile.SYMTYPE, "/etc")],
        [special("a/up", tarfile.SYMTYPE, "../../outside")],
        [special("dot", tarfile.SYMTYPE, "."), special("up", tarfile.SYMTYPE, "dot/../outside")],
        [special("up", tarfile.SYMTYPE, "dot/../outside"), special("dot", tarfile.SYMTYPE, ".")],
        [special("up", tarfile.SYMTYPE, ".."), file("up/outside")],
        [special("up", tarfile.SYMTYPE, ".."), special("up/left", tarfile.SYMTYPE, "..")],
        [special("hard", tarfile.LNKTYPE, "../outside")],
        [special("pipe", tarfile.FIFOTYPE)],
        [special("device", tarfile.CHRTYPE)],
    ],
)
def test_fails_when_a_member_would_reach_outside(
    folder: Path, members: list[tuple[tarfile.TarInfo, bytes]]
) -> None:
    """Names, links, chains of links and special files cannot leave the folder."""
    with pytest.raises(ArtefactRefused):
        unpack(archive_of(*members), folder)

    assert "mine" == (folder.parent / "outside").read_text()
    assert {"inside", "outside"} == {path.name for path in folder.parent.iterdir()}


NAMES = st.lists(st.sampled_from(["..", ".", "a", "b", ""]), min_size=1, max_size=4).map("/".join)
MEMBERS = st.lists(st.tuples(NAMES, st.none() | NAMES), min_size=1, max_size=6)


@settings(max_examples=60)
@given(MEMBERS)
def test_nothing_ever_appears_outside(
    tmp_path_factory: pytest.TempPathFactory, members: list[tuple[str, str | None]]
) -> None:
    """Whatever an archive names and links: the folder may change, nothing beside it does."""
    root = tmp_path_factory.mktemp("unpack")
    inside = root / "inside"
    inside.mkdir()
    made = [
        file(name) if target is None else special(name, tarfile.SYMTYPE, target)
        for name, target in members
        if name
    ]
    with suppress(ArtefactRefused):
        unpack(archive_of(*made), inside)

    assert [inside] == list(root.iterdir())


@pytest.mark.parametrize("limits", [UnpackLimits(bytes=9), UnpackLimits(files=1)])
def test_fails_when_it_unpacks_to_more_than_allowed(folder: Path, limits: UnpackLimits) -> None:
    """A small archive may unpack to any size: nothing is written before all sizes are known."""
    with pytest.raises(ArtefactRefused, match=f"at most {limits.bytes} bytes in {limits.files} files"):
        unpack(archive_of(file("a", b"12345"), file("b", b"67890")), folder, limits)

    assert [] == list(folder.iterdir())


def test_fails_when_it_is_no_archive(folder: Path) -> None:
    """A file that only has the right name is told so."""
    with pytest.raises(ArtefactRefused, match="must be a gzip-compressed tar"):
        unpack(io.BytesIO(b"not an archive"), folder)


def test_fails_when_the_archive_is_damaged(folder: Path) -> None:
    """An upload that broke off is told so."""
    whole = archive_of(file("a", bytes(range(256)) * 100)).getvalue()
    broken = gzip.compress(gzip.decompress(whole)[:2000])

    with pytest.raises(ArtefactRefused, match="cannot be read"):
        unpack(io.BytesIO(broken), folder)
