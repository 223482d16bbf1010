"""Reading the wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotlight.jumpstart.refused import JumpStartRefused
from pilotlight.jumpstart.wheel import read_wheel
from tests.jumpstart.sample_models import MODELS, sample_wheel, wheel_with

DATA = "package/lib/jumpstart-models.json"


def test_the_models_come_out_as_they_went_in(tmp_path: Path) -> None:
    """Zip, tarball, JSON, raw deflate, JSON."""
    wheel = read_wheel(sample_wheel(tmp_path / "tiny.whl"))

    assert MODELS == wheel.models


@pytest.mark.parametrize(
    ("package", "message"),
    [
        ({}, r"holds no \*/jumpstart-models\.json"),
        ({DATA: b"{"}, "not a wheel with JumpStart's models"),
        ({DATA: b"{}"}, "not a wheel with JumpStart's models: 'data'"),
        ({DATA: b'{"data": [1000]}'}, "bytes must be in range"),
        ({DATA: b'{"data": [1, 2, 3]}'}, "while decompressing"),
        ({DATA: b"[]"}, "not a wheel with JumpStart's models"),
    ],
)
def test_fails_when_the_wheel_holds_something_else(tmp_path: Path, package, message: str) -> None:
    """The refusal says what is missing and how to get the right wheel."""
    path = wheel_with(tmp_path / "tiny.whl", package)

    with pytest.raises(JumpStartRefused, match=rf"tiny\.whl: .*{message}.*\(pip download --no-deps"):
        read_wheel(path)


@pytest.mark.parametrize("body", [b"", b"not a wheel", b"PK\x03\x04 cut off"])
def test_fails_when_the_file_is_no_archive(tmp_path: Path, body: bytes) -> None:
    """A damaged download is no reason for a traceback."""
    path = tmp_path / "tiny.whl"
    path.write_bytes(body)

    with pytest.raises(JumpStartRefused, match="not a wheel with JumpStart's models"):
        read_wheel(path)


def test_fails_when_the_tarball_was_cut_off(tmp_path: Path) -> None:
    """Every layer of the onion may be damaged."""
    path = sample_wheel(tmp_path / "tiny.whl")
    raw = path.read_bytes()
    at = raw.index(b"\x1f\x8b") + 40
    path.write_bytes(raw[:at] + bytes(40) + raw[at + 40 :])

    with pytest.raises(JumpStartRefused, match="not a wheel with JumpStart's models"):
        read_wheel(path)


def test_fails_when_there_is_no_such_file(tmp_path: Path) -> None:
    """The file is named."""
    with pytest.raises(JumpStartRefused, match=r"nowhere\.whl: cannot be read: no such file or directory"):
        read_wheel(tmp_path / "nowhere.whl")
