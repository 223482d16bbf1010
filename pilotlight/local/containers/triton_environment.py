"""The environment of its own that the real Triton is installed in.

Triton needs NumPy below 2 in the interpreter that it embeds: with NumPy 2 tensors arrive garbled, silently.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from pilotlight.local.containers.triton_platform import shared_libpython, why_not_here

FOLDER_VARIABLE = "PILOTLIGHT_TRITON_ENVIRONMENT"
"""Names another folder than `.venv-triton` beside the environment that runs Pilotlight."""

_INSTALL = "install it with: make triton"


class TritonUnavailable(RuntimeError):  # noqa: N818 - it is what a user can put right
    """The real Triton cannot run; its message says why."""


@dataclass(frozen=True, slots=True)
class TritonEnvironment:
    """Where the parts of an installed Triton are."""

    folder: Path
    site: Path
    libpython: Path
    version: str
    """Of Python, as 3.11: the embedded interpreter must be the same."""

    @classmethod
    def find(cls) -> TritonEnvironment:
        """The installed one; raises TritonUnavailable."""
        reason = why_not_here()
        libpython = shared_libpython()
        if reason is not None or libpython is None:
            raise TritonUnavailable(reason)
        folder = environment_folder()
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        found = cls(folder, folder / "lib" / f"python{version}" / "site-packages", libpython, version)
        for part in (found.server, found.stub, found.backend):
            if not part.exists():
                msg = f"it is not installed in {folder} ({_INSTALL})"
                raise TritonUnavailable(msg)
        return found

    @property
    def server(self) -> Path:
        """The server itself."""
        return self._triton / "bin" / "tritonserver"

    @property
    def backend(self) -> Path:
        """The folder of the Python backend, as the wheel has it: without a stub."""
        return self._triton / "backends" / "python"

    @property
    def stub(self) -> Path:
        """The program that embeds this version of Python and runs the models."""
        return self._triton / "python_backend_stubs" / self.version / "triton_python_backend_stub"

    @property
    def search_path(self) -> str:
        """PATH: the embedded interpreter finds its packages through the `python3` it meets first."""
        return f"{self.folder / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"

    @property
    def library_path(self) -> str:
        """LD_LIBRARY_PATH: what the wheel brings, and the shared library of Python."""
        return f"{self.site / 'nvidia_pytriton.libs'}{os.pathsep}{self.libpython}"

    @property
    def _triton(self) -> Path:
        return self.site / "pytriton" / "tritonserver"


def environment_folder() -> Path:
    """The folder that Triton is installed in, or would be."""
    given = os.environ.get(FOLDER_VARIABLE)
    return Path(sys.prefix).parent / ".venv-triton" if given is None else Path(given).resolve()
