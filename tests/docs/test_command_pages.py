"""The pages about commands: one for each, which knows all its options."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from pilotlight.cli import COMMANDS, main
from tests.docs.pages import ROOT


def _options(command: click.Command) -> Iterator[str]:
    """The long names of all options of a command and of those below it."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _options(below)
        return
    shown = (each for each in command.params if isinstance(each, click.Option) and not each.hidden)
    yield from (name for each in shown for name in each.opts if name.startswith("--"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_page(name: str) -> None:
    """It begins with the command, shows it as it is called, names every option, and tells the exit codes."""
    page = (ROOT / "docs/commands" / f"{name}.md").read_text()
    command = main.get_command(click.Context(main), name)
    assert command is not None

    assert page.startswith(f"# `pilotlight {name}")
    assert f"$ pilotlight {name}" in page
    assert [] == [option for option in _options(command) if option not in page]
    assert "Exit code 0" in page
