"""What the emulator process is started with."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pilotlight.local.home import DEFAULT_ACCOUNT, Home


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The options of its command line. tied: it ends with its standard input."""

    home: Home
    port: int
    region: str
    account: str
    time_scale: float
    tied: bool

    @classmethod
    def parse(cls, arguments: Sequence[str] | None) -> ServerSettings:
        """From a command line; None: that of this process. Ends the process when it makes no sense."""
        parser = ArgumentParser(prog="python -m pilotlight.local.server", description=__doc__)
        parser.add_argument("--home", type=Path, required=True, help="folder for everything it writes")
        parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
        parser.add_argument("--region", default="us-east-1", help="default region")
        parser.add_argument("--account", default=DEFAULT_ACCOUNT, help="account, twelve digits")
        parser.add_argument("--time-scale", type=float, default=60.0, help="SageMaker seconds in one second")
        parser.add_argument("--tied", action="store_true", help="end at the end of standard input")
        given = vars(parser.parse_args(arguments))
        return cls(**{**given, "home": Home(given["home"].resolve())})
