"""What an endpoint must be like to belong to its fleet: its name, its tags, its images."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from pilotlight.catalog import inference_components, limits, naming
from pilotlight.spec.endpoint import EndpointSpec
from pilotlight.spec.image_place import refuse_out_of_reach
from pilotlight.spec.path import Path
from pilotlight.spec.refusing import refused


def refuse_in_fleet(key: str, endpoint: EndpointSpec, fleet: Mapping[str, Any]) -> None:
    """Raise when an endpoint cannot have this key in this fleet, or cannot live in its region.

    `fleet` holds those of its values that are right so far.
    """
    if fleet.keys() >= {"name", "stage"}:
        _refuse_name(key, fleet["name"], fleet["stage"])
        _refuse_long_parts(naming.endpoint_name(fleet["name"], key, fleet["stage"]), endpoint)
    if "tags" in fleet:
        _refuse_tags(len(fleet["tags"] | endpoint.tags))
    for hosted in endpoint.hosted:
        refuse_out_of_reach(hosted, fleet)


def twins_among(endpoints: Mapping[str, EndpointSpec]) -> Iterator[tuple[Path, PydanticCustomError]]:
    """Give the parts of endpoints that would be called as a part of another one: `a` + `b-c`, `a-b` + `c`."""
    owners: dict[str, str] = {}
    for key, endpoint in endpoints.items():
        for path, suffix in endpoint.suffixes:
            name = naming.component_name(key, suffix)
            if owners.setdefault(name, key) != key:
                what = f"has the name of a component of {owners[name]}"
                yield (key, *path), refused(what, got=name, allowed="another name")


def _refuse_name(key: str, fleet: str, stage: str | None) -> None:
    if key in naming.RESERVED_KEYS:
        raise refused("reserved key", got=key, allowed="any other name")
    name = naming.endpoint_name(fleet, key, stage)
    if not limits.ENDPOINT_NAME.allows(len(name)):
        got = f"{name} with {len(name)} characters"
        raise refused("the name of the endpoint is too long", got=got, allowed=str(limits.ENDPOINT_NAME))
    if re.fullmatch(naming.ENDPOINT_NAME_PATTERN, name) is None:
        raise refused("no name for an endpoint", got=name, allowed="a letter or a digit at its end")


def _refuse_long_parts(name: str, endpoint: EndpointSpec) -> None:
    for path, suffix in endpoint.suffixes:
        part = naming.component_name(name, suffix)
        if not inference_components.NAME.allows(len(part)):
            got, allowed = f"{part} with {len(part)} characters", str(inference_components.NAME)
            raise refused("the name of the component is too long", got=got, allowed=allowed, at=path)


def _refuse_tags(count: int) -> None:
    most = limits.TAGS.maximum
    if most is not None and count > most - len(naming.OWN_TAGS):
        allowed = f"{most - len(naming.OWN_TAGS)}, beside those of Pilotlight"
        raise refused("too many tags with those of the fleet", got=str(count), allowed=allowed, at=("tags",))
