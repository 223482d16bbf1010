"""Directories on this machine that a fleet file names."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import AfterValidator

from pilotlight.spec.refusing import refused


def is_directory_name(text: str) -> bool:
    """Tell whether a text reads as a relative path with forward slashes."""
    strange = "://" in text or "\\" in text or "\0" in text
    return bool(text.strip()) and not strange and not PurePosixPath(text).is_absolute()


def is_directory(path: Path) -> bool:
    """Tell whether there is a directory."""
    return is_there(path) and path.is_dir()


def is_file(path: Path) -> bool:
    """Tell whether there is a file."""
    return is_there(path) and path.is_file()


def is_there(path: Path) -> bool:
    """Tell whether there is anything; where nobody may look, or a name is too long, there is nothing."""
    try:
        return path.exists()
    except OSError:
        return False


def _directory(value: str) -> str:
    if not is_directory_name(value):
        raise refused("not a directory", allowed="a path with forward slashes, relative to the fleet file")
    return value


LocalDirectory = Annotated[str, AfterValidator(_directory)]
"""A path with forward slashes, relative to the fleet file."""
