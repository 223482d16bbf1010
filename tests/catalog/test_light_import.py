"""The catalogue is light: the standard library, and data when it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["pilotlight", "pilotlight.catalog"])
def test_importing_the_package_reads_nothing(module: str) -> None:
    """Who imports the package pays for nothing that he does not use."""
    script = f"import sys; before = set(sys.modules); import {module}; print(*(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert {"pilotlight", module} == set(loaded.split())


def test_the_catalogue_needs_the_standard_library_only() -> None:
    """Facts can be read where nothing is installed."""
    script = (
        "import pkgutil, sys, importlib, pilotlight.catalog as c;"
        "[importlib.import_module(m.name) for m in pkgutil.iter_modules(c.__path__, c.__name__ + '.')];"
        "print(*sorted({name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names))"
    )
    loaded = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, '.'); {script}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert ["__main__", "pilotlight"] == [name for name in loaded if name != "_sysconfigdata"]
