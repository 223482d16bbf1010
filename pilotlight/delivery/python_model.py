"""Looks into a model.py without running it: does it define what Triton's Python backend looks for?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from pilotlight.catalog.triton_model import PYTHON_MODEL_CLASS, PYTHON_MODEL_METHOD
from pilotlight.spec.fault import Fault
from pilotlight.spec.path import Path as KeyPath
from pilotlight.spec.python_source import NotPython, parsed


def python_model_faults(file: Path, where: KeyPath) -> Iterator[Fault]:
    """Find why the Python backend could not load a file; `where` is the key that names it."""
    try:
        tree = parsed(file)
    except NotPython as fault:
        line = "" if fault.line is None else f", line {fault.line}"
        yield Fault(where, "not Python", f"{file.name}{line}: {fault.what}", "a Python file")
        return
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    model = next((node for node in classes if node.name == PYTHON_MODEL_CLASS), None)
    if model is None:
        got = ", ".join(node.name for node in classes) or "no class"
        yield Fault(where, f"no class {PYTHON_MODEL_CLASS}", got, f"class {PYTHON_MODEL_CLASS} at its top")
    elif not model.bases and PYTHON_MODEL_METHOD not in {*_methods(model)}:
        got = ", ".join(_methods(model)) or "no method"
        yield Fault(where, f"{PYTHON_MODEL_CLASS} cannot be asked", got, f"a method {PYTHON_MODEL_METHOD}")


def _methods(model: ast.ClassDef) -> Iterator[str]:
    return (node.name for node in model.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
