"""`pilotlight local`: an embedded AWS on this machine, for the real templates and the real CDK CLI."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotlight.cli.group import InOrder, Refused
from pilotlight.cli.options import examples, home_option, json_option, stage_option, time_scale_option
from pilotlight.cli.output import console, print_json
from pilotlight.cli.story import story
from pilotlight.local.home import DEFAULT_ACCOUNT

if TYPE_CHECKING:  # these need the extra `local`, which `--help` does not
    from pilotlight.local.local_aws import LocalAws

_ACCOUNT_DIGITS = 12


@click.group(
    cls=InOrder, epilog=examples("pilotlight local up", "pilotlight local deploy", "pilotlight local status")
)
def local() -> None:
    """Run the fleet on an embedded AWS: no account, no Docker, the same templates.

    `up` starts it, `deploy` brings the fleet there, `status` shows it, `down` ends it with all it started.
    `story` does all of that with both fleets of this repository, and tells what it sees.
    """


@local.command(
    short_help="Start an embedded AWS.",
    epilog=examples("pilotlight local up", "pilotlight local up --time-scale 1 --foreground"),
)
@home_option
@time_scale_option(click.FloatRange(min=0, min_open=True))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    show_default=True,
    help="Port on 127.0.0.1; 0 takes a free one.",
)
@click.option(
    "--account",
    metavar="ACCOUNT",
    default=DEFAULT_ACCOUNT,
    show_default=True,
    help="Twelve digits: those of the fleet, if it names an account.",
)
@click.option("--foreground", is_flag=True, help="Stay, and end it when this command ends.")
@json_option
def up(*, home: Path, time_scale: float, port: int, account: str, foreground: bool, as_json: bool) -> None:
    """Start an embedded AWS on loopback, and print how to use it.

    The time scale compresses the clocks of SageMaker, of alarms on its metrics and of scaling, nothing else.
    """
    from pilotlight.local.local_aws import LocalAws  # noqa: PLC0415 (needs the extra)

    if not (account.isdigit() and len(account) == _ACCOUNT_DIGITS):
        raise click.BadParameter(f"got {account}, allowed twelve digits", param_hint="--account")
    with _progress("starting the embedded AWS"):
        aws = LocalAws(home, time_scale=time_scale, port=port, account=account)
        aws.start(tied=foreground)
    _introduce(aws, as_json=as_json)
    if foreground:
        _stay(aws)


@local.command(
    short_help="Deploy the CDK app of this folder to it.",
    epilog=examples(
        "pilotlight local deploy", "pilotlight local deploy --fleet fleet.yaml -- --concurrency 2"
    ),
)
@home_option
@click.option(
    "--fleet",
    metavar="FILE",
    type=click.Path(path_type=Path, readable=False),
    help="Fleet file. Default: the app's own choice, here fleet.yaml.",
)
@stage_option
@json_option
@click.argument("extra", nargs=-1, type=click.UNPROCESSED, metavar="[-- OPTIONS OF CDK DEPLOY]")
def deploy(
    *, home: Path, fleet: Path | None, stage: str | None, as_json: bool, extra: tuple[str, ...]
) -> None:
    """Deploy the CDK app of this folder with the real CDK CLI; what follows `--` goes to `cdk deploy`."""
    from pilotlight.local.deploy import CdkApp  # noqa: PLC0415 (needs the extra)
    from pilotlight.local.local_aws import LocalAws  # noqa: PLC0415

    aws = LocalAws.running_in(home)
    app = CdkApp(Path.cwd(), aws, fleet=fleet, stage=stage)
    with _progress("synthesizing"):
        synth = app.synth()
    try:
        with _progress("bootstrapping"):
            app.bootstrap()
        with _progress("deploying"):
            deployed = app.deploy(extra=extra)
    except KeyboardInterrupt as interrupt:
        words = f"interrupted; CloudFormation ends what it began (pilotlight local status{aws.home.option})"
        raise Refused(words) from interrupt
    if as_json:
        seconds = {"synth_seconds": synth.seconds, "deploy_seconds": deployed.seconds}
        print_json({**seconds, "changed": not deployed.changed_nothing})
        return
    for line in deployed.summary:
        click.echo(line)
    click.echo(f"synthesized in {synth.seconds:.1f} s, deployed in {deployed.seconds:.1f} s")


@local.command(
    short_help="Show endpoints, containers, alarms, scaling.",
    epilog=examples("pilotlight local status", "pilotlight local status --json"),
)
@home_option
@json_option
def status(home: Path, as_json: bool) -> None:
    """Show endpoints with their instances, backlog and containers, the alarms, and what scaling did."""
    from pilotlight.cli.local_status import show  # noqa: PLC0415 (keeps --help quick)
    from pilotlight.local.local_aws import LocalAws  # noqa: PLC0415 (needs the extra)
    from pilotlight.local.overview import overview  # noqa: PLC0415

    seen = overview(LocalAws.running_in(home))
    if as_json:
        print_json(seen)
    else:
        show(seen, console())


@local.command(short_help="End it, with all that it started.", epilog=examples("pilotlight local down"))
@home_option
@json_option
def down(home: Path, as_json: bool) -> None:
    """End the embedded AWS with its containers, and remove its temporary files. The logs stay."""
    from pilotlight.local.local_aws import LocalAws  # noqa: PLC0415 (needs the extra)

    aws = LocalAws(home)
    was = aws.home.read_server() is not None
    with _progress("ending endpoints and containers"):
        aws.stop()
    if as_json:
        print_json({"was_running": was})
    else:
        click.echo(f"ended; logs are in {home}" if was else f"nothing ran in {home}")


local.add_command(story)


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
    from pilotlight.cli.local_status import faults_in_words  # noqa: PLC0415 (keeps --help quick)
    from pilotlight.local.faults import local_faults  # noqa: PLC0415 (as above)

    exports, faults = aws.aws.environment(), sorted(local_faults())
    if faults:
        click.secho(faults_in_words(faults), err=True, fg="red", bold=True)
    if as_json:
        print_json({"endpoint_url": aws.aws.endpoint_url, "environment": exports})
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
