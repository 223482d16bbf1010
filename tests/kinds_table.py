"""What tests have shown of each kind of endpoint, as a table; a test says what it shows with a marker.

`@pytest.mark.shows("serverless", "deploys", "invoked")` counts when the test passes. Lanes run one after the
other, so what they showed is kept in `build/kinds.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pilotlight.catalog.hosting_options import constructs

FILE = Path(__file__).resolve().parents[1] / "build" / "kinds.json"
COLUMNS = ("deploys", "invoked", "wakes", "read back", "example", "nag")
NEVER_SLEEPS = frozenset({"realtime", "multi-model", "multi-container", "pipeline", "batch-transform"})
"""Kinds that cannot wake; a batch transform starts."""

Shown = dict[str, list[str]]


def remember(reports: Iterable[Any], file: Path = FILE) -> Shown:
    """Add what passed tests showed to what is known, take out what failed ones no longer show."""
    known: dict[str, set[str]] = {kind: set() for kind in constructs()}
    if file.exists():
        known |= {kind: set(shown) for kind, shown in json.loads(file.read_text()).items()}
    marked = [
        (report, shows) for report in reports for name, shows in report.user_properties if name == "shows"
    ]
    for report, (kind, *shown) in sorted(marked, key=lambda pair: pair[0].failed):
        known[kind] = known[kind] - {*shown} if report.failed else known[kind] | {*shown}
    result = {kind: sorted(shown) for kind, shown in known.items()}
    if marked:
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(result, indent=2) + "\n")
    return result if marked else {}


def table(shown: Shown) -> list[str]:
    """Give the lines of the table."""
    rows = [("kind", *COLUMNS), *((kind, *_cells(kind, shown[kind])) for kind in constructs())]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _cells(kind: str, shown: list[str]) -> Iterable[str]:
    for column in COLUMNS:
        if column == "wakes" and kind in NEVER_SLEEPS:
            yield "-"
        else:
            yield "yes" if column in shown else "not shown"
