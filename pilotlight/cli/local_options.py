"""Options that the commands of `pilotlight local` share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pilotlight.local.home import DEFAULT_HOME

home_option = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEFAULT_HOME,
    show_default=True,
    help="Folder of everything this embedded AWS writes.",
)


def time_scale_option(allowed: click.FloatRange) -> Callable[[Any], Any]:
    """Take how much faster than SageMaker's the clocks run."""
    help_text = "Seconds of SageMaker's clocks, of alarms and of scaling in one second."
    return click.option("--time-scale", type=allowed, default=60.0, show_default=True, help=help_text)
