"""`pilotlight local`: an embedded AWS on this machine, for the real templates and the real CDK CLI."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotlight.cli.story import story
from pilotlight.local.home import DEFAULT_ACCOUNT, DEFAULT_HOME

if TYPE_CHECKING:  # these need the extra `local`, which `--help` does not
    from pilotlight.local.local_aws import LocalAws

_ACCOUNT_DIGITS = 12

_HOME = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT_HOME,
    show_default=True,
    help="Folder of everything this embedded AWS writes.",
)


@click.group(epilog="Example: pilotlight local up && pilotlight local deploy && pilotlight local status")
def local() -> None:
    """Run the fleet on an embedded AWS: no account, no Docker, the same templates.

    `up` starts it, `deploy` brings the fleet there, `status` shows it, `down` ends it with all it started.
    `story` does all of that with both fleets of this repository, and tells what it sees.
    """


local.add_command(story)


@local.command(epilog="Example: pilotlight local up --time-scale 60")
@_HOME
@click.option(
    "--time-scale", type=float, default=60.0, show_default=True, help="SageMaker seconds per second."
)
@click.option("--port", type=int, default=0, show_default=True, help="Port on 127.0.0.1; 0 takes a free one.")
@click.option(
    "--account", default=DEFAULT_ACCOUNT, show_default=True, help="Account; the fleet's, if it names one."
)
@click.option("--foreground", is_flag=True, help="Stay, and end it when this command ends.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def up(*, home: Path, time_scale: float, port: int, account: str, foreground: bool, as_json: bool) -> None:
    """Start an embedded AWS and print how to use it.

    The time scale compresses the clocks of SageMaker, of alarms on its metrics and of scaling, nothing else.
    """
    from pilotlight.local.local_aws import LocalAws  # noqa: PLC0415 (needs the extra)

    if time_scale <= 0:
        raise click.BadParameter(f"got {time_scale}, allowed more than 0", param_hint="--time-scale")
    if not (account.isdigit() and len(account) == _ACCOUNT_DIGITS):
        raise click.BadParameter(f"got {account}, allowed twelve digits", param_hint="--account")
    with _refusals(), _progress("starting the embedded AWS"):
        aws = LocalAws(home, time_scale=time_scale, port=port, account=account)
        aws.start(tied=foreground)
    _introduce(aws, as_json=as_json)
    if foreground:
        _stay(aws)


@local.command(epilog="Example: pilotlight local deploy --fleet fleet.yaml -- --concurrency 2")
@_HOME
@click.option("--fleet", type=click.Path(dir_okay=False, exists=True, path_type=Path), help="Fleet file.")
@click.option("--stage", help="Stage of the fleet.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.argument("extra", nargs=-1, type=click.UNPROCESSED)
def deploy(
    *, home: Path, fleet: Path | None, stage: str | None, as_json: bool, extra: tuple[str, ...]
) -> None:
    """Deploy the CDK app of this folder with the real CDK CLI; what follows `--` goes to `cdk deploy`."""
    from pilotlight.local.deploy import CdkApp  # noqa: PLC0415 (needs the extra)
    from pilotlight.local.local_aws import LocalAws  # noqa: PLC0415

    with _refusals():
        app = CdkApp(Path.cwd(), LocalAws.running_in(home), fleet=fleet, stage=stage)
        with _progress("synthesizing"):
            synth = app.synth()
        with _progress("bootstrapping"):
            app.bootstrap()
        with _progress("deploying"):
            deployed = app.deploy(extra=extra)
    if as_json:
        seconds = {"synth_seconds": synth.seconds, "deploy_seconds": deployed.seconds}
        click.echo(json.dumps({**seconds, "changed": not deployed.changed_nothing}))
        return
    for line in deployed.summary:
        click.echo(line)
    click.echo(f"synthesized in {synth.seconds:.1f} s, deployed in {deployed.seconds:.1f} s")


@local.command(epilog="Example: pilotlight local status --json")
@_HOME
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(home: Path, as_json: bool) -> None:
    """Show endpoints with their instances, backlog and containers, the alarms, and what scaling did."""
    from pilotlight.cli.local_status import lines_of  # noqa: PLC0415 (needs the extra)
    from pilotlight.local.local_aws import LocalAws  # noqa: PLC0415
    from pilotlight.local.overview import overview  # noqa: PLC0415

    with _refusals():
        seen = overview(LocalAws.running_in(home))
    if as_json:
        click.echo(json.dumps(seen, indent=2))
        return
    for line in lines_of(seen):
        click.echo(line)


@local.command(epilog="Example: pilotlight local down")
@_HOME
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def down(home: Path, as_json: bool) -> None:
    """End the embedded AWS with its containers, and remove its temporary files. The logs stay."""
    from pilotlight.local.local_aws import LocalAws  # noqa: PLC0415 (needs the extra)

    aws = LocalAws(home)
    was = aws.home.read_server() is not None
    with _refusals(), _progress("ending endpoints and containers"):
        aws.stop()
    if as_json:
        click.echo(json.dumps({"was_running": was}))
    else:
        click.echo(f"ended; logs are in {home}" if was else f"nothing ran in {home}")


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what the user can put right into a message and exit code 1."""
    from pilotlight.local.refusal import LocalRefused  # noqa: PLC0415 (keeps --help quick)

    try:
        yield
    except LocalRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal


@contextmanager
def _progress(what: str) -> Iterator[None]:
    """Show what is going on and for how long; nothing in a pipe."""
    from rich.console import Console  # noqa: PLC0415 (keeps --help quick)
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        progress.add_task(what, total=None)
        yield


def _introduce(aws: LocalAws, *, as_json: bool) -> None:
    exports = aws.aws.environment()
    if as_json:
        click.echo(json.dumps({"endpoint_url": aws.aws.endpoint_url, "environment": exports}))
        return
    click.echo(
        f"embedded AWS at {aws.aws.endpoint_url}, one second is {aws.record.time_scale:g} s of SageMaker time"
    )
    click.echo("to use it from this shell:")
    for name, value in exports.items():
        click.echo(f"  export {name}={shlex.quote(value)}")


def _stay(aws: LocalAws) -> None:
    click.echo("Ctrl-C ends it")
    try:
        aws.wait()
    except KeyboardInterrupt:
        aws.stop()
