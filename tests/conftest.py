"""What all tests share: options of the command line, and the fleets of this repository, synthesized once."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.kinds_table import remember, table

os.environ.setdefault("CDK_VALIDATION", "false")  # costs seconds per synth; the end-to-end lane has it on
settings.register_profile("default", deadline=None)  # a law does not say how busy the machine is

ROOT = Path(__file__).resolve().parents[1]

FLEETS = ("fleet.yaml", "fleets/showcase.yaml")

UNCOPIED = {"aws:cdk:disable-asset-staging": True}
"""Assets stay where they are: copying the libraries of a function into a cdk.out takes half a second."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option with which golden files are written instead of compared."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the files in tests/golden")


@dataclass(frozen=True)
class Synthesized:
    """The construct tree of both fleets, and the templates it became."""

    app: Any
    templates: dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
def feature_flags() -> dict[str, Any]:
    """The context that the CDK CLI passes to the app."""
    return json.loads((ROOT / "cdk.json").read_text())["context"]


@pytest.fixture(scope="session")
def new_app(tmp_path_factory: pytest.TempPathFactory, feature_flags: dict[str, Any]) -> Callable[..., Any]:
    """Give a maker of apps that have the project's feature flags and write below pytest's own folder."""
    import cdk_nag  # noqa: F401, PLC0415 - constructs acknowledge what it finds where it is imported
    from aws_cdk import App  # noqa: PLC0415 - starts Node, which most tests do not need

    import pilotlight_cdk.node  # noqa: F401, PLC0415 - before aws_cdk, and only in tests that need it

    def make(**context: str) -> Any:
        outdir = str(tmp_path_factory.mktemp("cdk.out"))
        return App(outdir=outdir, analytics_reporting=False, context={**feature_flags, **UNCOPIED, **context})

    return make


@pytest.fixture(scope="session")
def synthesized(new_app: Callable[..., Any]) -> Synthesized:
    """Synthesize both fleets of this repository, once for all tests that look at them."""
    from pilotlight.spec import load_fleet_file  # noqa: PLC0415 - as above
    from stacks.fleet import add_stacks  # noqa: PLC0415 - as above

    app = new_app()
    for name in FLEETS:
        file = ROOT / name
        loaded = load_fleet_file(file)
        add_stacks(app, loaded.fleet, source_root=file.parent, lock=loaded.lock)
    stacks = app.synth().stacks_recursively
    return Synthesized(app, {stack.stack_name: stack.template for stack in stacks})


def pytest_collection_finish() -> None:
    """Spare the garbage collector what was imported and collected: it is there until the end."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the report of a test say what it shows of which kind of endpoint."""
    for item in items:
        item.user_properties += [("shows", list(mark.args)) for mark in item.iter_markers("shows")]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests were run for, also those of other processes, and the table of kinds."""
    called = [
        report
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", None) == "call"
    ]
    for report in called:
        for name, value in report.user_properties:
            if name == "figures":
                terminalreporter.write_line(value)
    if shown := remember(called):
        for line in table(shown):
            terminalreporter.write_line(line)
