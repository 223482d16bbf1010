"""A model directory becomes the same archive wherever and whenever it is packed."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.spec import FleetRefused
from pilotlight_cdk.pack_directory import files_to_pack, pack_directory

NAMES = st.text(alphabet="abcdefgü0123456789_-", min_size=1, max_size=12)
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


def write(directory: Path, files: dict[str, bytes]) -> Path:
    """Write files below a directory, in the order given."""
    for name, content in files.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_bytes(content)
    return directory


def entries(archive: Path) -> list[tarfile.TarInfo]:
    """What is in an archive."""
    with tarfile.open(archive) as packed:
        return packed.getmembers()


def no_file_is_a_directory(files: dict[str, bytes]) -> bool:
    """Tell whether a file system can hold these paths at once."""
    return not any(a != b and b.startswith(f"{a}/") for a in files for b in files)


@given(
    files=st.dictionaries(PATHS, st.binary(max_size=64), min_size=1, max_size=5).filter(
        no_file_is_a_directory
    )
)
def test_the_archive_depends_on_names_and_content_only(
    files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Other times, another order of creation, another folder: the same bytes."""
    one = write(tmp_path_factory.mktemp("one"), files)
    other = write(tmp_path_factory.mktemp("other"), dict(reversed(files.items())))
    for file in other.rglob("*"):
        os.utime(file, (1, 1))

    digests = [pack_directory(each, each.with_suffix(".tar.gz")) for each in (one, other)]

    assert 1 == len(set(digests))
    assert one.with_suffix(".tar.gz").read_bytes() == other.with_suffix(".tar.gz").read_bytes()
    assert sorted(files) == [entry.name for entry in entries(one.with_suffix(".tar.gz"))]


def test_any_change_of_content_changes_the_digest(tmp_path: Path) -> None:
    """The key of the artefact follows what is in it."""
    before = pack_directory(write(tmp_path / "a", {"m": b"1"}), tmp_path / "a.tar.gz")
    after = pack_directory(write(tmp_path / "b", {"m": b"2"}), tmp_path / "b.tar.gz")

    assert before != after


def test_owners_and_times_are_nobody_s(tmp_path: Path) -> None:
    """The archive tells nothing about the machine that packed it."""
    pack_directory(write(tmp_path / "model", {"m": b""}), tmp_path / "model.tar.gz")

    (entry,) = entries(tmp_path / "model.tar.gz")

    assert (0, 0, 0, "", "", 0o644) == (
        entry.mtime,
        entry.uid,
        entry.gid,
        entry.uname,
        entry.gname,
        entry.mode,
    )


def test_what_may_be_executed_stays_so(tmp_path: Path) -> None:
    """A container's start script keeps its permission, whatever the umask was."""
    directory = write(tmp_path / "model", {"serve": b"#!/bin/sh\n"})
    (directory / "serve").chmod(0o700)

    pack_directory(directory, tmp_path / "model.tar.gz")

    assert [0o755] == [entry.mode for entry in entries(tmp_path / "model.tar.gz")]


def test_modelignore_keeps_files_out(tmp_path: Path) -> None:
    """Its patterns are those of gitignore, exceptions included; it is not packed itself."""
    patterns = b"/data/\n*.md\n!KEEP.md\n"
    names = ("data/a.csv", "code/data/b.csv", "README.md", "KEEP.md", "model.joblib")
    directory = write(tmp_path, {".modelignore": patterns, **dict.fromkeys(names, b"")})

    assert ("KEEP.md", "code/data/b.csv", "model.joblib") == files_to_pack(directory)


def test_compiled_python_is_never_packed(tmp_path: Path) -> None:
    """It would change the hash on every machine that ran the code."""
    directory = write(tmp_path, {"code/__pycache__/a.pyc": b"", "code/a.pyc": b"", "code/a.py": b""})

    assert ("code/a.py",) == files_to_pack(directory)


def links(directory: Path) -> Path:
    """Make a directory with a link to a file and one that leads out of it."""
    write(directory, {"model": b""})
    (directory / "copy").symlink_to("model")
    (directory / "out").symlink_to(directory.parent)
    return directory


def test_fails_when_links_are_in_it_and_names_all(tmp_path: Path) -> None:
    """SageMaker would unpack a link to nowhere, and a link out of the directory leaks files."""
    directory = links(tmp_path / "model")

    with pytest.raises(FleetRefused) as refused:
        files_to_pack(directory)

    assert [str(directory / "copy"), str(directory / "out")] == [
        fault.path for fault in refused.value.refusals
    ]


def test_links_that_stay_out_are_no_fault(tmp_path: Path) -> None:
    """What .modelignore names is not looked at."""
    directory = write(links(tmp_path / "model"), {".modelignore": b"copy\nout\n"})

    assert ("model",) == files_to_pack(directory)


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: None], ids=["empty", "missing"])
def test_fails_without_anything_to_pack(make: Any, tmp_path: Path) -> None:
    """An endpoint without a model would fail a quarter of an hour later, on AWS."""
    make(tmp_path / "model")

    with pytest.raises(FleetRefused):
        files_to_pack(tmp_path / "model")
