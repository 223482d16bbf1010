"""Tells whether the real Triton can run with this Python on this machine, before it is downloaded.

`python -m pilotlight.local.containers.triton_platform` prints the reason when it cannot, and exits with 1.
"""

from __future__ import annotations

import ctypes
import platform
import sys
import sysconfig
from pathlib import Path

PYTHONS = ((3, 11), (3, 12))
"""Versions that Pilotlight runs on; NumPy below 2 has no wheels for later ones."""

_GLIBC = (2, 35)
"""What the wheel of nvidia-pytriton 0.7.0 is built for (its platform tag is manylinux_2_35_x86_64)."""


def why_not_here() -> str | None:
    """The reason why Triton cannot run here; None: it can."""
    system, machine = platform.system(), platform.machine()
    if (system, machine) != ("Linux", "x86_64"):
        return f"it needs Linux on x86-64, and this is {system} on {machine}"
    if sys.implementation.name != "cpython" or sys.version_info[:2] not in PYTHONS:
        return (
            f"it needs CPython 3.11 or 3.12, and this is {sys.implementation.name} {sys.version.split()[0]}"
        )
    if not _has_glibc():
        return f"it needs glibc 2.35 or later, and this machine has {' '.join(platform.libc_ver())}"
    if shared_libpython() is None:
        return f"it embeds Python, and this one comes without {_library_name()}"
    return None


def shared_libpython() -> Path | None:
    """The folder of the shared library of this Python; None when there is none that can be loaded."""
    for folder in _folders():
        if (folder / _library_name()).exists():
            return folder
    try:
        ctypes.CDLL(_library_name())
    except OSError:
        return None
    return Path(sysconfig.get_config_var("LIBDIR"))  # the loader knows it anyway


def _library_name() -> str:
    return f"libpython{sys.version_info.major}.{sys.version_info.minor}.so.1.0"


def _folders() -> tuple[Path, ...]:
    library = Path(sysconfig.get_config_var("LIBDIR") or sys.base_prefix)
    return library, library / str(sysconfig.get_config_var("MULTIARCH")), Path(sys.base_prefix) / "lib"


def _has_glibc() -> bool:
    name, version = platform.libc_ver()
    parts = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    return name == "glibc" and parts >= _GLIBC


def main() -> int:
    """Print the reason, if there is one."""
    reason = why_not_here()
    if reason is not None:
        sys.stdout.write(f"{reason}\n")
    return 0 if reason is None else 1


if __name__ == "__main__":
    sys.exit(main())
