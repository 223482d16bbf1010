"""The container images of one embedded AWS: copies of the directories that they were built from."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from pilotlight.local.images.own_environment import environment_for

SERVE = "serve"
"""The program that SageMaker starts in a container of one's own."""

REQUIREMENTS = "requirements.txt"

LISTEN_ADDRESS = "LISTEN_ADDRESS"
"""Tells a `serve` that cares where to listen: here it is a process of this machine, not a container."""


class ImageUnbuildable(RuntimeError):  # noqa: N818 - it is what a user can put right
    """A directory cannot stand for the image of its Dockerfile; the message says why."""


@dataclass(frozen=True, slots=True)
class ImageStore(Mapping[str, Sequence[str]]):
    """Knows the `serve` command of each image that was built here, by its name.

    Attributes:
        root: folder of the images.
    """

    root: Path

    def build(self, name: str, directory: Path) -> None:
        """Copy the directory of a Dockerfile, and install what its requirements.txt names.

        Raises:
            ImageUnbuildable: it has no `serve`, or its requirements cannot be installed.
        """
        if not (directory / SERVE).is_file():
            msg = (
                f"there is no Docker in the embedded AWS: it runs the `{SERVE}` beside the Dockerfile, "
                f"and {directory} has none"
            )
            raise ImageUnbuildable(msg)
        requirements = directory / REQUIREMENTS
        environment = environment_for(requirements) if requirements.is_file() else None
        self.root.mkdir(parents=True, exist_ok=True)
        folder = Path(mkdtemp(dir=self.root)) / directory.name
        shutil.copytree(directory, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / SERVE).chmod(0o755)
        self._write(name, {"serve": str(folder / SERVE), "environment": str(environment or "")})

    def tag(self, name: str, further: str) -> None:
        """Give an image a further name. Raises KeyError when there is no such image."""
        self._write(further, self._read(name))

    def __getitem__(self, name: str) -> Sequence[str]:
        """Give the command that starts an image."""
        entry = self._read(name)
        path = os.environ.get("PATH", os.defpath)
        if entry["environment"]:
            path = f"{entry['environment']}/bin{os.pathsep}{path}"
        return ("/usr/bin/env", f"PATH={path}", f"{LISTEN_ADDRESS}=127.0.0.1", entry["serve"])

    def __iter__(self) -> Iterator[str]:
        """Give the names of all images."""
        for file in sorted(self.root.glob("*.json")):
            yield str(json.loads(file.read_text())["name"])

    def __len__(self) -> int:
        """Count the names."""
        return sum(1 for _ in self)

    def _read(self, name: str) -> dict[str, str]:
        try:
            entry: dict[str, str] = json.loads(self._file(name).read_text())
        except FileNotFoundError:
            raise KeyError(name) from None
        return entry

    def _write(self, name: str, entry: Mapping[str, str]) -> None:
        draft = draft_of(self._file(name))
        draft.write_text(json.dumps({**entry, "name": name}))
        draft.replace(self._file(name))

    def _file(self, name: str) -> Path:
        return self.root / f"{hashlib.sha256(name.encode()).hexdigest()}.json"


def draft_of(file: Path) -> Path:
    """Give where to write a file before it is moved to its place, apart from who else writes it just now."""
    return file.with_name(f"{file.name}.{os.getpid()}.{threading.get_ident()}.draft")


def write_program(file: Path, command: Sequence[str]) -> Path:
    """Write a program that runs a command with the arguments that it is given itself."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = draft_of(file)
    draft.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
    draft.chmod(0o755)
    return draft.replace(file)
