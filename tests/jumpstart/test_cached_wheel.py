"""Downloading the wheel once."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pilotlight.jumpstart.cached_wheel import PinnedWheel, cache_folder, cached_wheel, download_with_pip
from pilotlight.jumpstart.refused import JumpStartRefused

BODY = b"a wheel"
PINNED = PinnedWheel("tiny.constructs", "0.0.1", hashlib.sha256(BODY).hexdigest())


class FakePip:
    """Downloads a body without a network, and counts."""

    def __init__(self, body: bytes = BODY) -> None:
        self.body = body
        self.asked: list[str] = []

    def __call__(self, requirement: str, folder: Path) -> None:
        """Download."""
        self.asked.append(requirement)
        (folder / "tiny_constructs-0.0.1-py3-none-any.whl").write_bytes(self.body)


def test_the_wheel_is_downloaded_once(tmp_path: Path) -> None:
    """The second run needs no network."""
    pip = FakePip()

    wheels = [cached_wheel(PINNED, tmp_path / "cache", pip) for _ in range(2)]

    assert ["tiny.constructs==0.0.1"] == pip.asked
    assert wheels[0] == wheels[1]
    assert [BODY] == [file.read_bytes() for file in (tmp_path / "cache").iterdir()]


def test_a_damaged_wheel_is_downloaded_again(tmp_path: Path) -> None:
    """What the cache holds is checked against the pinned hash."""
    wheel = cached_wheel(PINNED, tmp_path, FakePip())
    wheel.write_bytes(BODY[:-1])

    assert BODY == cached_wheel(PINNED, tmp_path, FakePip()).read_bytes()


def test_fails_when_the_index_has_another_wheel(tmp_path: Path) -> None:
    """Nothing of it stays in the cache."""
    with pytest.raises(
        JumpStartRefused, match=f"another tiny.constructs==0.0.1 than PyPI, allowed sha256 {PINNED.sha256}"
    ):
        cached_wheel(PINNED, tmp_path, FakePip(b"another wheel"))

    assert [] == [*tmp_path.iterdir()]


def test_fails_when_the_cache_cannot_be_written(tmp_path: Path) -> None:
    """The refusal says how to choose another place."""
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(
        JumpStartRefused, match=r"cannot be written: .* \(XDG_CACHE_HOME names another cache\)"
    ):
        cached_wheel(PINNED, tmp_path / "file" / "cache", FakePip())


def test_the_cache_is_where_the_user_wants_it(tmp_path: Path, monkeypatch) -> None:
    """XDG_CACHE_HOME counts when it is absolute, as its specification says."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    wanted = cache_folder()
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")

    assert (tmp_path / "xdg/pilotlight", tmp_path / "home/.cache/pilotlight") == (wanted, cache_folder())


def test_fails_without_a_network(tmp_path: Path, monkeypatch) -> None:
    """What pip would say last, that there is no such package, would mislead."""
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # the discard port: nobody listens
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    monkeypatch.setenv("PIP_FIND_LINKS", "")

    with pytest.raises(JumpStartRefused, match=r"the package index cannot be reached \(.*--offline-data"):
        download_with_pip("tiny.constructs==0.0.1", tmp_path)
