"""What became of reading a deployment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pilotlight.spec import FleetSpec
from pilotlight.template.unread import Place, Unread


@dataclass(frozen=True, slots=True)
class FleetReading:
    """The fleet that some templates deploy, as far as a fleet can say it.

    Attributes:
        fleet: everything that was read; None when there is no endpoint that could be.
        unread: everything about hosting that was not read, or only in part, by place.
        places: the key of each endpoint → the resource that it was read from.
        files: what the deployment uploads: the S3 URI → the file on this machine. Only a cdk.out has them.
    """

    fleet: FleetSpec | None
    unread: tuple[Unread, ...]
    places: Mapping[str, Place]
    files: Mapping[str, Path]
