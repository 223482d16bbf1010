"""Finds the name of a fleet, its stage and the keys of its endpoints in the names of what it became."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pilotlight.catalog import foundation, naming
from pilotlight.template.evaluation.stack import Stack
from pilotlight.template.resource import Resource

FOUNDATION = re.compile(
    re.escape(naming.stack_name_prefix("*")).replace(r"\*", "(.+)") + naming.FOUNDATION_KEY
)


@dataclass(frozen=True, slots=True)
class Names:
    """What a fleet is called.

    Attributes:
        fleet: its name.
        stage: its stage; None when it has none.
        prefix: what the names of its stacks begin with; empty for templates that are not ours.
    """

    fleet: str
    stage: str | None = None
    prefix: str = ""

    def key_of(self, root: Resource, taken: Iterable[str] = ()) -> str:
        """Give the key of the endpoint that a resource stands for: that of its stack, else of its name."""
        stack = root.stack.name
        if self.prefix and stack.startswith(self.prefix):
            key = stack.removeprefix(self.prefix)
        else:
            name = root.part.look("EndpointName")
            written = name if isinstance(name, str) else root.logical_id
            key = as_name(written.removeprefix(f"{naming.qualified(self.fleet, self.stage)}-"))
        return _unlike(key, set(taken))

    def note_another(self, root: Resource, key: str) -> None:
        """Note an endpoint that a fleet would name otherwise."""
        expected = naming.endpoint_name(self.fleet, key, self.stage)
        given = root.part.look("EndpointName")
        if given is not None and given != expected:
            root.part.note("EndpointName", f"a fleet names this endpoint {expected}, got {given}")


def fleets_of(stacks: Iterable[str]) -> tuple[str, ...]:
    """List the fleets, with their stages, whose foundations are among some stacks."""
    found = (FOUNDATION.fullmatch(name) for name in stacks)
    return tuple(match[1] for match in found if match)


def names_of(stacks: Mapping[str, Stack], qualified: str | None, title: str) -> Names:
    """Give the names of a fleet.

    Args:
        stacks: all of it.
        qualified: its name with its stage, if it has a foundation.
        title: what else it could be called after.
    """
    if qualified is None:
        return Names(as_name(title))
    prefix = naming.stack_name_prefix(qualified)
    told = stacks[naming.stack_name(qualified, naming.FOUNDATION_KEY)].entry("Outputs", foundation.FLEET_NAME)
    name = told.get("Value") if isinstance(told, dict) else None
    fleet = name if isinstance(name, str) and naming.is_name(name) else qualified
    stage = qualified.removeprefix(f"{fleet}-") if qualified != fleet else None
    return Names(fleet, stage, prefix)


def as_name(text: Any) -> str:
    """Write a text as a fleet or an endpoint may be called."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", str(text))
    name = re.sub("[^a-z0-9]+", "-", words.lower()).strip("-")
    name = name if name[:1].isalpha() else f"x-{name}".strip("-")
    return name[:40].strip("-")


def _unlike(key: str, taken: set[str]) -> str:
    number, wanted = 2, key
    while key in taken or key in naming.RESERVED_KEYS:
        key, number = f"{wanted}-{number}", number + 1
    return key
