"""Fetches the wheel with JumpStart's models once, with pip, and keeps it in the user's cache."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pilotlight.jumpstart.refused import JumpStartRefused

Pip = Callable[[str, Path], None]
"""Downloads the wheel of a requirement into a folder."""


@dataclass(frozen=True, slots=True)
class PinnedWheel:
    """A wheel as PyPI has it."""

    name: str
    version: str
    sha256: str

    @property
    def requirement(self) -> str:
        """What pip is asked for."""
        return f"{self.name}=={self.version}"


GENERATIVE_AI_CDK_CONSTRUCTS: Final = PinnedWheel(
    "cdklabs.generative-ai-cdk-constructs",
    "0.1.320",
    "4a20926b7cd6d201d60526feebc94562c287065e02312cc896b7f4eb7ceccda2",
)


def cache_folder() -> Path:
    """Give the folder for what can be fetched again: below XDG_CACHE_HOME, or else ~/.cache."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "pilotlight"


def download_with_pip(requirement: str, folder: Path) -> None:
    """Let pip fetch a wheel from the index it is configured for. Nothing is built or installed."""
    options = (
        "--no-deps",
        "--only-binary",
        ":all:",
        "--retries",
        "1",
        "--timeout",
        "15",
        "--no-input",
        "--quiet",
    )
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", *options]
    done = subprocess.run(  # noqa: S603 (our own interpreter with fixed arguments)
        [*command, "--dest", str(folder), requirement], check=False, capture_output=True, text=True
    )
    if done.returncode != 0:
        hint = "needs pip and a network, once; --offline-data takes a wheel that you have"
        raise JumpStartRefused(f"{requirement} cannot be downloaded: {_reason(done.stderr)}", hint=hint)


def cached_wheel(
    pinned: PinnedWheel = GENERATIVE_AI_CDK_CONSTRUCTS,
    folder: Path | None = None,
    pip: Pip = download_with_pip,
) -> Path:
    """Give the wheel out of the cache; download it first when it is not there, or damaged.

    Raises:
        JumpStartRefused: it cannot be downloaded, is not what was pinned, or the cache cannot be written.
    """
    folder = cache_folder() if folder is None else folder
    target = folder / f"{pinned.name}-{pinned.version}.whl"
    try:
        if not _is(pinned, target):
            folder.mkdir(parents=True, exist_ok=True)
            _download(pinned, target, pip)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        hint = "XDG_CACHE_HOME names another cache"
        raise JumpStartRefused(f"cannot be written: {reason}", hint=hint, file=folder) from None
    return target


def _download(pinned: PinnedWheel, target: Path, pip: Pip) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        pip(pinned.requirement, Path(folder))
        wheels = [wheel for wheel in Path(folder).iterdir() if _is(pinned, wheel)]
        if not wheels:
            what = f"the index has another {pinned.requirement} than PyPI"
            raise JumpStartRefused(what, allowed=f"sha256 {pinned.sha256}")
        wheels[0].replace(target)


def _reason(complaints: str) -> str:
    """Say what pip complains about; without a network it says last that there is no such package."""
    if "connection broken" in complaints:
        return "the package index cannot be reached"
    lines = [line for line in complaints.splitlines() if line.strip()] or ["pip says nothing"]
    return lines[-1].removeprefix("ERROR: ")


def _is(pinned: PinnedWheel, wheel: Path) -> bool:
    return wheel.is_file() and hashlib.sha256(wheel.read_bytes()).hexdigest() == pinned.sha256
