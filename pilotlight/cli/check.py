"""`pilotlight check`: refuses a faulty fleet file, or shows what the fleet would cost."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilotlight.cli.options import examples, fleet_argument, json_option, stage_option
from pilotlight.cli.output import print_json, print_table
from pilotlight.cli.refusals import REFUSED, print_refusals

if TYPE_CHECKING:
    from pilotlight.spec import FleetSpec, HourlyCost, Refusal


@click.command(epilog=examples("pilotlight check", "pilotlight check fleet.yaml --stage prod"))
@fleet_argument
@stage_option
@json_option
@click.pass_context
def check(ctx: click.Context, file: Path, stage: str | None, as_json: bool) -> None:
    """Check a fleet file (default: fleet.yaml), and show what its endpoints cost per hour.

    A faulty file is refused with every fault at once, as file:line: path: what, got, allowed.
    """
    from pilotlight.spec import FleetRefused, cost_refusals, load_fleet_file  # noqa: PLC0415 (keeps --help quick)

    try:
        loaded = load_fleet_file(file, stage)
    except FleetRefused as refused:
        _show_refusals(refused.refusals, as_json)
        ctx.exit(REFUSED)
    too_expensive = loaded.placed(cost_refusals(loaded.fleet))
    if too_expensive:
        _show_refusals(too_expensive, as_json)
        ctx.exit(REFUSED)
    _show_fleet(loaded.fleet, as_json)


def _show_refusals(refusals: tuple[Refusal, ...], as_json: bool) -> None:
    if as_json:
        print_refusals(refusals)
        return
    for refusal in refusals:
        click.echo(str(refusal))


def _show_fleet(fleet: FleetSpec, as_json: bool) -> None:
    from pilotlight.spec import hourly_cost  # noqa: PLC0415 (keeps --help quick)

    cost = hourly_cost(fleet)
    if as_json:
        print_json(_document(fleet, cost))
        return
    rows = [
        (
            line.endpoint,
            fleet.endpoints[line.endpoint].kind,
            line.billed,
            *(str(count) for count in (line.initial_count, line.min_count, line.max_count)),
            *(_amount(line.cost_of(count)) for count in (line.initial_count, line.min_count, line.max_count)),
        )
        for line in cost.lines
    ]
    if len(rows) > 1:
        totals = (_amount(amount) for amount in (cost.initial, cost.minimum, cost.maximum))
        rows.append(("total", "", "", "", "", "", *totals))
    headers = ("endpoint", "kind", "billed", "initial", "min", "max", *_COST_HEADERS)
    print_table(headers, rows, numbers=6)
    click.echo(_footnote(fleet, cost))


_COST_HEADERS = ("USD/h initial", "USD/h min", "USD/h max")


def _amount(amount: Decimal | None) -> str:
    from pilotlight.spec import usd  # noqa: PLC0415 (keeps --help quick)

    return "unknown" if amount is None else usd(amount).removesuffix(" USD")


def _footnote(fleet: FleetSpec, cost: HourlyCost) -> str:
    dates = sorted({line.price.date for line in cost.lines if line.price is not None})
    read = (
        f"read {dates[0]}" if len(dates) == 1 else f"read {dates[0]} to {dates[-1]}" if dates else "unknown"
    )
    return f"Compute only, on demand in {fleet.region}, prices {read}; initial until the first sleep."


def _document(fleet: FleetSpec, cost: HourlyCost) -> dict[str, Any]:
    endpoints = [
        {
            "endpoint": line.endpoint,
            "kind": fleet.endpoints[line.endpoint].kind,
            "billed": line.billed,
            "price": None
            if line.price is None
            else asdict(line.price) | {"usd_per_hour": float(line.price.usd_per_hour)},
            "unit": line.unit,
            "capacity": {
                "initial": line.initial_count,
                "minimum": line.min_count,
                "maximum": line.max_count,
            },
        }
        for line in cost.lines
    ]
    totals = {"initial": cost.initial, "minimum": cost.minimum, "maximum": cost.maximum}
    return {
        "fine": True,
        "fleet": fleet.name,
        "stage": fleet.stage,
        "region": fleet.region,
        "endpoints": endpoints,
        "usd_per_hour": {name: None if amount is None else float(amount) for name, amount in totals.items()},
    }
