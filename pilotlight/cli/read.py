"""`pilotlight read`: the fleet that a template, or a whole cdk.out, deploys."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilotlight.cli.options import examples, json_option
from pilotlight.cli.output import print_json
from pilotlight.cli.refusals import refusals_as_json

if TYPE_CHECKING:
    from pilotlight.template import FleetReading

UNREAD = 1


@click.command(epilog=examples("pilotlight read cdk.out", "pilotlight read template.yaml -p Stage=prod"))
@click.argument(
    "template",
    type=click.Path(path_type=Path, readable=False),
    default="cdk.out",
    metavar="[TEMPLATE|cdk.out]",
)
@click.option(
    "--fleet",
    metavar="NAME",
    help="Read this one of several fleets in a cdk.out: NAME[-STAGE]. Default: the only one.",
)
@click.option(
    "--region",
    metavar="REGION",
    default="us-east-1",
    show_default=True,
    help="Of stacks that do not say theirs.",
)
@click.option("--account", metavar="ACCOUNT", help="Of stacks that do not say theirs. Default: unknown.")
@click.option(
    "-p",
    "--parameter",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Of a single template; may be repeated. Default: the template's own default.",
)
@json_option
@click.pass_context
def read(
    ctx: click.Context,
    *,
    template: Path,
    fleet: str | None,
    region: str,
    account: str | None,
    parameters: tuple[str, ...],
    as_json: bool,
) -> None:
    """Print the fleet that a template deploys, as a fleet file would say it, escape hatches included.

    Takes JSON, YAML with CloudFormation's short tags, or a cdk.out directory (default). What no fleet can say
    is named on stderr: stack, logical id, property, reason. Exits with 0 when everything about hosting was
    read, with 1 when something was not, or nothing could be.
    """
    from pilotlight.template import read_template  # noqa: PLC0415 (keeps --help quick)

    given = _pairs(parameters)
    with refusals_as_json(ctx, as_json):
        reading = read_template(template, fleet=fleet, region=region, account=account, parameters=given)
    print_json(_document(reading)) if as_json else _tell(reading)
    ctx.exit(UNREAD if reading.unread or reading.fleet is None else 0)


def _pairs(parameters: tuple[str, ...]) -> dict[str, str]:
    pairs = [each.partition("=") for each in parameters]
    for name, equals, _ in pairs:
        if not name or not equals:
            raise click.BadParameter(f"not NAME=VALUE: {name}", param_hint="--parameter")
    return {name: value for name, _, value in pairs}


def _document(reading: FleetReading) -> dict[str, Any]:
    fleet = reading.fleet
    return {
        "fleet": None if fleet is None else fleet.model_dump(mode="json"),
        "unread": [{**asdict(each.place), "reason": each.reason} for each in reading.unread],
        "endpoints": {key: asdict(place) for key, place in reading.places.items()},
        "files": {uri: str(file) for uri, file in reading.files.items()},
    }


def _tell(reading: FleetReading) -> None:
    from pilotlight.spec import fleet_yaml  # noqa: PLC0415 (keeps --help quick)

    if reading.fleet is None:
        click.echo("no endpoint could be read", err=True)
    else:
        click.echo(fleet_yaml(reading.fleet), nl=False)
    if reading.unread:
        click.echo(f"not read, {len(reading.unread)}:", err=True)
    for each in reading.unread:
        click.echo(f"  {each}", err=True)
