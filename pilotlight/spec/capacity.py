"""How many instances of which type something may have: what an hour of it costs follows from this."""

from __future__ import annotations

from dataclasses import dataclass

from pilotlight.spec.path import Path


@dataclass(frozen=True, slots=True)
class Capacity:
    """The instances of one variant: at first, at least, at most.

    variant: its name, where the endpoint has several. Default: the only one.
    others: types that instances may have instead, when AWS has none of the first. Default: none.
    path: leads from the endpoint to where the file says the type. Default: the endpoint's own.
    """

    instance_type: str
    initial: int
    minimum: int
    maximum: int
    variant: str | None = None
    path: Path = ("instance_type",)
    others: tuple[str, ...] = ()
