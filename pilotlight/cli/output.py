"""Writes tables and JSON: colours on a terminal only, and never with NO_COLOR."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from rich.console import Console

WIDTH: Final = 240
"""Columns of a table, whatever the terminal has: wrapped lines lose nothing, cut ones do."""


def print_json(document: Any) -> None:
    """Print a document for another program."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))


def print_table(headers: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: int = 0) -> None:
    """Print a table without lines; the last `numbers` columns are set to the right."""
    from rich.table import Table  # noqa: PLC0415 (keeps --help quick)

    table = Table(box=None, pad_edge=False, header_style="bold")
    for position, header in enumerate(headers):
        right = position >= len(headers) - numbers
        table.add_column(header, justify="right" if right else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    console(width=WIDTH).print(table)


def console(width: int | None = None) -> Console:
    """Make what prints for people. width: in columns. Default: the terminal's; without one, `WIDTH`."""
    from rich.console import Console  # noqa: PLC0415 (keeps --help quick)

    is_terminal = sys.stdout.isatty()
    coloured = is_terminal and not os.environ.get("NO_COLOR")
    columns = WIDTH if width is None and not is_terminal else width
    return Console(color_system="auto" if coloured else None, markup=False, width=columns)
