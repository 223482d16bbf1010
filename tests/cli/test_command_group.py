"""The command itself: quick help, and no traceback for anybody."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata

import click
import pytest
from click.testing import CliRunner

from pilotlight.cli import COMMANDS, main
from pilotlight.cli.group import LazyGroup
from pilotlight.spec import FleetRefused, Refusal


def _group(error: Exception, monkeypatch: pytest.MonkeyPatch) -> LazyGroup:
    """Make a command whose only subcommand fails."""

    @click.command()
    def fail() -> None:
        raise error

    monkeypatch.setattr(LazyGroup, "get_command", lambda *_: fail)
    return LazyGroup({"fail": ("nowhere:fail", "Fail.")}, name="pilotlight")


def test_help_imports_no_subcommand() -> None:
    """Help comes at once, and whatever is installed."""
    run = "from pilotlight.cli import main; main(['--help'], standalone_mode=False)"
    script = f"import sys; {run}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert all(name in loaded for name in COMMANDS)
    assert not {"pydantic", "rich", "yaml", "boto3", "pilotlight.spec"} & set(loaded.split())


def _called(
    words: tuple[str, ...], command: click.Command
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Give each command below a command, or itself, with the words that call it."""
    if not isinstance(command, click.Group):
        yield words, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below is not None
        yield from _called((*words, name), below)


def test_every_subcommand_explains_itself() -> None:
    """--help has an example that begins with the command as it is called."""
    commands = [words for words, _ in _called((), main)]
    helps = {words: CliRunner().invoke(main, [*words, "--help"]) for words in commands}

    assert ("check",) in commands
    assert [] == [
        words
        for words, result in helps.items()
        if result.exit_code != 0
        or f"pilotlight {' '.join(words)}" not in result.output.partition("Example")[2]
    ]


def test_every_option_says_what_it_is_and_what_it_is_without() -> None:
    """Whoever leaves an option out knows what happens; a flag that is left out does nothing."""
    options = [
        (words, each)
        for words, command in _called((), main)
        for each in command.params
        if isinstance(each, click.Option) and not each.hidden
    ]

    assert [] == [(words, each.name) for words, each in options if not each.help]
    assert [] == [
        (words, each.name)
        for words, each in options
        if not each.is_flag and not each.show_default and "Default: " not in str(each.help)
    ]


def test_a_file_that_cannot_be_read_is_refused_like_one_that_is_not_there() -> None:
    """With 1 and in the same words: click would call it a wrong call."""
    options = [option for _, command in _called((), main) for option in command.params]
    paths = [option.type for option in options if isinstance(option.type, click.Path)]

    assert {False} == {each.readable for each in paths}


def test_the_version_is_that_of_the_package() -> None:
    """Bug reports begin with it."""
    assert f"pilotlight {metadata.version('pilotlight')}\n" == CliRunner().invoke(main, ["--version"]).output


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is in the message."""
    error = ModuleNotFoundError("No module named 'ministack'", name="ministack.core")
    result = CliRunner().invoke(_group(error, monkeypatch), ["fail"])

    assert 1 == result.exit_code
    assert "pip install 'pilotlight[local]'" in result.output
    assert "Traceback" not in result.output


def test_a_refused_fleet_is_told_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every subcommand that loads a fleet refuses it the way `check` does."""
    refusals = (Refusal("f.yaml", 1, "name", "a"), Refusal("f.yaml", 2, "region", "b"))
    result = CliRunner().invoke(_group(FleetRefused(refusals), monkeypatch), ["fail"])

    assert (1, "f.yaml:1: name: a\nf.yaml:2: region: b\n") == (result.exit_code, result.output)


def test_an_unforeseen_error_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A traceback helps a programmer, who knows how to ask for it."""
    group = _group(RuntimeError("the disk is full"), monkeypatch)
    quiet = CliRunner().invoke(group, ["fail"])
    loud = CliRunner(env={"PILOTLIGHT_TRACEBACK": "1"}).invoke(group, ["fail"])

    assert (1, 1) == (quiet.exit_code, len(quiet.output.splitlines()))
    assert "RuntimeError: the disk is full" in quiet.output
    assert "Traceback" in loud.output


def test_a_closed_pipe_is_no_error() -> None:
    """`pilotlight schema | head -1` says nothing about broken pipes."""
    run = [sys.executable, "-c", "from pilotlight.cli import main; main()", "schema"]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        first = writer.stdout.readline()
        writer.stdout.close()
        complaints = writer.stderr.read()

    assert (b"{\n", b"") == (first, complaints)
