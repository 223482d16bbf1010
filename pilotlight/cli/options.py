"""What the help of several subcommands shares, so that it reads the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pilotlight.local.home import DEFAULT_HOME

fleet_argument = click.argument(
    "file", type=click.Path(path_type=Path, readable=False), default="fleet.yaml", metavar="[FILE]"
)
"""The fleet file; `fleet.yaml` when none is given."""

stage_option = click.option("--stage", metavar="NAME", help="Take the fleet in this stage. Default: in none.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

home_option = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path, readable=False),
    default=DEFAULT_HOME,
    show_default=True,
    help="Folder of everything this embedded AWS writes.",
)


def time_scale_option(allowed: click.FloatRange) -> Callable[[Any], Any]:
    """Take how much faster than SageMaker's the clocks run."""
    help_text = "Seconds of SageMaker's clocks, of alarms and of scaling in one second."
    return click.option("--time-scale", type=allowed, default=60.0, show_default=True, help=help_text)


def examples(*commands: str) -> str:
    """Write the end of a help: one command a line, which no terminal is too narrow for."""
    heading = "Example:" if len(commands) == 1 else "Examples:"
    return "\n".join(("\b", heading, *(f"  {command}" for command in commands)))
