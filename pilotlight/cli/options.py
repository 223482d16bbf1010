"""Arguments and options that several subcommands share, so that they read the same everywhere."""

from __future__ import annotations

from pathlib import Path

import click

from pilotlight.local.home import DEFAULT_HOME

fleet_argument = click.argument(
    "file", type=click.Path(path_type=Path), default="fleet.yaml", metavar="[FILE]"
)
"""The fleet file; `fleet.yaml` when none is given."""

stage_option = click.option("--stage", metavar="NAME", help="Take the fleet in this stage. Default: in none.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

home_option = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT_HOME,
    show_default=True,
    help="Folder of everything this embedded AWS writes.",
)
