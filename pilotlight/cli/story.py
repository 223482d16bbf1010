"""`pilotlight local story`: what `make local` runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.status import Status as Spinner
from rich.text import Text

from pilotlight.cli.options import examples, home_option, time_scale_option

if TYPE_CHECKING:
    from pilotlight.local.story.step import Step, Told

_MARKS = {"ok": "[green]✔[/]", "failed": "[red]✘[/]", "skipped": "[dim]·[/]"}


class ConsoleNarrator:
    """Shows a line per step: a spinner while it runs, then what it saw."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._spinner: Spinner | None = None

    def begins(self, step: Step) -> None:
        """Show the step as running; in a pipe nothing is shown before it has ended."""
        if self._console.is_terminal:
            self._spinner = self._console.status(step.name)
            self._spinner.start()

    def ended(self, told: Told) -> None:
        """Show how the step went."""
        self._stop_spinner()
        self._console.print(
            f"{_MARKS[told.status]} {told.name} [dim]({told.seconds:.1f} s)[/]",
            highlight=False,
            soft_wrap=True,
        )
        self._console.print(f"    {told.saw}", highlight=False, markup=False, style="dim", soft_wrap=True)

    def interrupted(self) -> None:
        """Say why the prompt does not come back at once."""
        self._stop_spinner()
        self._console.print("interrupted: ending everything that was started …", soft_wrap=True)

    def _stop_spinner(self) -> None:
        """Give the terminal its cursor back."""
        if self._spinner is not None:
            self._spinner.stop()
            self._spinner = None


@click.command(
    short_help="Do all of that with both fleets of this repository, and tell what was seen.",
    epilog=examples("pilotlight local story --time-scale 60"),
)
@home_option
@time_scale_option(click.FloatRange(min=1, max=600))
@click.option("--fault", hidden=True, help="Test only.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON when all is told.")
def story(home: Path, time_scale: float, fault: str | None, as_json: bool) -> None:
    """Deploy both fleets of this checkout to an embedded AWS, use them, and tell what was seen.

    Writes HOME/story.json. Exits with 1 when a step failed.
    """
    from pilotlight.local.story.story import tell_story  # noqa: PLC0415 (keeps --help quick)

    console = Console(stderr=as_json)
    told = tell_story(Path.cwd(), home, time_scale, ConsoleNarrator(console), fault)
    failed = [each for each in told if each.status == "failed"]
    if as_json:
        click.echo((home / "story.json").read_text(), nl=False)
    close(console, told, home)
    if failed:
        sys.exit(1)


def close(console: Console, told: Sequence[Told], home: Path) -> None:
    """Say how it all went, and where to read on."""
    ok, failed = (sum(each.status == status for each in told) for status in ("ok", "failed"))
    mood = ("failed", "red") if failed else ("all steps ok", "green")
    count = f"{failed} of {len(told)} steps, {ok} ok," if failed else f"{ok} of {len(told)}"
    logs = f", logs in {home / 'logs'}" if failed else ""
    seconds = sum(each.seconds for each in told)
    words = f": {count} in {seconds:.0f} s; {home / 'story.json'}{logs}"
    console.print(Text.assemble("\n", mood, words), soft_wrap=True)
