"""`pilotlight schema`: what a fleet file may say, for editors."""

from __future__ import annotations

import json

import click

from pilotlight.cli.options import examples


@click.command(epilog=examples("pilotlight schema > fleet.schema.json"))
@click.option("--json", "_as_json", is_flag=True, help="Print JSON, as it always does.")
def schema(_as_json: bool) -> None:
    """Print the JSON schema of fleet files.

    Put `# yaml-language-server: $schema=fleet.schema.json` on the first line of a fleet file, and an editor
    completes and checks it.
    """
    from pilotlight.spec.schema import fleet_json_schema  # noqa: PLC0415 (keeps --help quick)

    click.echo(json.dumps(fleet_json_schema(), indent=2))
