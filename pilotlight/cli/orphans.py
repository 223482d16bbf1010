"""`pilotlight orphans`: deployed stacks of endpoints that left the fleet file, and a way to destroy them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilotlight.cli.options import examples, fleet_argument, json_option, stage_option
from pilotlight.cli.output import print_json
from pilotlight.cli.refusals import refusals_as_json

if TYPE_CHECKING:
    from pilotlight.delivery.orphans import Orphan
    from pilotlight.spec import FleetSpec


@click.command(epilog=examples("pilotlight orphans", "pilotlight orphans fleet.yaml --stage prod --destroy"))
@fleet_argument
@stage_option
@click.option("--destroy", "destroying", is_flag=True, help="Destroy the stacks found, after a question.")
@click.option("--yes", is_flag=True, help="With --destroy: ask no question.")
@json_option
@click.pass_context
def orphans(
    ctx: click.Context, *, file: Path, stage: str | None, destroying: bool, yes: bool, as_json: bool
) -> None:
    """List deployed stacks of a fleet whose endpoints are no longer in its file (default: fleet.yaml).

    The CDK never deletes a stack that left the app, so its instances go on costing money. Uses the AWS
    account of your environment.
    """
    from pilotlight.delivery.orphans import find_orphans  # noqa: PLC0415 (keeps --help quick)
    from pilotlight.spec import load_fleet  # noqa: PLC0415

    with refusals_as_json(ctx, as_json):
        fleet = load_fleet(file, stage)
    cloudformation = _cloudformation(fleet)
    try:
        found = find_orphans(cloudformation, fleet)
        if not as_json:
            _tell(found, fleet)
        agreed = destroying and bool(found) and (yes or _agreed(found))
        if agreed:
            _destroy(cloudformation, found)
        if as_json:
            print_json(_document(found, destroyed=agreed))
    except _aws_errors() as error:
        raise click.ClickException(f"AWS refused: {error}") from error


def _cloudformation(fleet: FleetSpec) -> Any:
    import boto3  # noqa: PLC0415 (part of an extra)

    return boto3.client("cloudformation", region_name=fleet.region)


def _aws_errors() -> tuple[type[Exception], ...]:
    from botocore import exceptions  # noqa: PLC0415 (part of an extra)

    return exceptions.BotoCoreError, exceptions.ClientError


def _document(found: Sequence[Orphan], *, destroyed: bool) -> dict[str, Any]:
    rows = [
        {
            "stack": each.stack_name,
            "status": each.status,
            "created": each.created.isoformat(),
            "destroyed": destroyed,
        }
        for each in found
    ]
    return {"orphans": rows}


def _tell(found: Sequence[Orphan], fleet: FleetSpec) -> None:
    if not found:
        click.echo(f"no orphans: every deployed stack of {fleet.name} is in the fleet file")
    for each in found:
        click.echo(f"{each.stack_name}  {each.status}  created {each.created:%Y-%m-%d}")


def _agreed(found: Sequence[Orphan]) -> bool:
    return click.confirm(f"destroy {len(found)} stack(s) with everything in them?", err=True)


def _destroy(cloudformation: Any, found: Sequence[Orphan]) -> None:
    from pilotlight.delivery.orphans import destroy  # noqa: PLC0415 (keeps --help quick)

    for each in found:
        click.echo(f"destroying {each.stack_name} …", err=True)
        destroy(cloudformation, each)
        click.echo(f"{each.stack_name}  destroyed", err=True)
