"""Imports go down only: the layer table, checked over every source file."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _load_table() -> tuple[frozenset[str], tuple]:
    spec = util.spec_from_file_location("layer_table", Path(__file__).with_name("layer_table.py"))
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module.OURS, module.LAYERS


OURS, LAYERS = _load_table()


@cache
def _imports(file: Path) -> tuple[str, ...]:
    """Every absolute module that a file imports, wherever in the file, as dotted names."""
    return tuple(_imported(file))


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _allowed(name: str, file: Path, parts: frozenset[str], packages: frozenset[str]) -> bool:
    top = name.partition(".")[0]
    if top in OURS:
        return any(name == part or name.startswith(f"{part}.") for part in parts)
    beside = (file.parent / f"{top}.py").exists()  # a Lambda function imports its neighbours as plain modules
    return top in sys.stdlib_module_names or top in packages or (beside and "lambda" in file.parts)


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_a_layer_imports_only_what_the_table_allows(layer) -> None:
    """No file of a layer imports a part or a package that its row does not name."""
    files = [file for pattern in layer.files for file in ROOT.glob(pattern)]
    climbing = sorted(
        f"{file.relative_to(ROOT)}: {name}"
        for file in files
        for name in _imports(file)
        if not _allowed(name, file, layer.parts, layer.packages)
    )

    assert files
    assert [] == climbing


def test_every_source_file_belongs_to_a_layer() -> None:
    """A new folder has to be entered into the table before its first file passes."""
    known = {file for layer in LAYERS for pattern in layer.files for file in ROOT.glob(pattern)}
    sources = {
        *ROOT.glob("*.py"),
        *(
            file
            for top in ("pilotlight", "stacks", "constructs", "lambda")
            for file in (ROOT / top).rglob("*.py")
        ),
    }

    assert set() == {str(file.relative_to(ROOT)) for file in sources - known}


def test_a_relative_import_stays_inside_its_package() -> None:
    """`from .. import x` would hide a climb from the table, so only one dot is used."""
    climbing = [
        str(file.relative_to(ROOT))
        for top in ("pilotlight", "constructs", "stacks")
        for file in (ROOT / top).rglob("*.py")
        if re.search(r"^\s*from \.\.", file.read_text(), re.MULTILINE)
    ]

    assert [] == climbing


@pytest.mark.parametrize("forbidden", ["time", "threading", "random", "secrets", "asyncio"])
def test_hosting_has_no_clock_thread_or_randomness(forbidden: str) -> None:
    """Behaviour depends on state, event and the time passed in: so two clocks can drive it."""
    importing = [
        str(file.relative_to(ROOT))
        for file in (ROOT / "pilotlight/hosting").rglob("*.py")
        if any(f"{name}.".startswith(f"{forbidden}.") for name in _imports(file))
    ]

    assert [] == importing


def test_hosting_asks_no_calendar_what_day_it_is() -> None:
    """It reckons with the dates it is given."""
    asking = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in (ROOT / "pilotlight/hosting").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition("datetime.")[2] in {"now", "utcnow", "today", "date.today"}
    ]

    assert [] == asking


def test_the_source_root_constructs_is_no_package() -> None:
    """An `__init__.py` there would shadow the package `constructs` that every CDK file imports."""
    assert not (ROOT / "constructs/__init__.py").exists()
