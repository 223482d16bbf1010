"""Environments with what images of one's own install: one per requirements.txt, kept between runs."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

FOLDER_VARIABLE = "PILOTLIGHT_CONTAINER_ENVIRONMENTS"
"""Names another folder than `.venv-containers` beside the environment that runs Pilotlight."""

COMPLETE = ".complete"
"""Stands in an environment whose installation came to its end."""

LAST_LINES = 5


class RequirementsRefused(RuntimeError):  # noqa: N818 - it is what a user can put right
    """Pip could not install the requirements; the message has its last words."""


def environment_for(requirements: Path) -> Path:
    """Give an environment with exactly these requirements; the first time takes as long as pip does.

    Raises:
        RequirementsRefused: pip cannot install them.
    """
    said = requirements.read_bytes() + sys.version.encode()
    folder = environments_folder() / hashlib.sha256(said).hexdigest()[:16]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two deployments at once install it once
        if not (folder / COMPLETE).exists():
            _run(sys.executable, "-m", "venv", "--clear", str(folder))
            python = str(folder / "bin" / "python")
            _run(python, "-m", "pip", "install", "--quiet", "--no-input", "-r", str(requirements))
            (folder / COMPLETE).touch()
    return folder


def environments_folder() -> Path:
    """The folder of all such environments."""
    given = os.environ.get(FOLDER_VARIABLE)
    return Path(sys.prefix).parent / ".venv-containers" if given is None else Path(given).resolve()


def _run(*command: str) -> None:
    options = {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(  # noqa: S603 - our own interpreter and pip
        command, check=False, capture_output=True, text=True, env={**os.environ, **options}
    )
    if done.returncode:
        words = "\n".join((done.stderr or done.stdout).strip().splitlines()[-LAST_LINES:])
        raise RequirementsRefused(words)
