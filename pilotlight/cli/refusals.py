"""Tells another program what is refused; people are told by the group of commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

from pilotlight.cli.output import print_json

if TYPE_CHECKING:
    from pilotlight.spec import Refusal

REFUSED: Final = 1
"""The exit code."""


@contextmanager
def refusals_as_json(ctx: click.Context, as_json: bool) -> Iterator[None]:
    """Print what is refused in the context as JSON, if that was asked for, and end the command."""
    from pilotlight.spec.refusal import FleetRefused  # noqa: PLC0415 (keeps --help quick)

    try:
        yield
    except FleetRefused as refused:
        if not as_json:
            raise
        print_refusals(refused.refusals)
        ctx.exit(REFUSED)


def print_refusals(refusals: Iterable[Refusal]) -> None:
    """Print refusals as JSON."""
    print_json({"fine": False, "refusals": [asdict(refusal) for refusal in refusals]})
