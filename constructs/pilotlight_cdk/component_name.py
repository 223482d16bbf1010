"""Names an inference component at synth, because its metrics, scaling and callers refer to it by name."""

from __future__ import annotations

from collections.abc import Container

from constructs import IConstruct

from pilotlight.catalog.inference_components import NAME
from pilotlight.catalog.naming import component_name
from pilotlight.spec import FleetRefused, Refusal


def literal_component_name(scope: IConstruct, owner: str, key: str) -> str:
    """Give the name of a component, or of an adapter. Raises FleetRefused when it is too long.

    Args:
        scope: its parent, for the message.
        owner: the name of the endpoint, or of the adapter's base.
        key: its own.
    """
    name = component_name(owner, key)
    if not NAME.allows(len(name)):
        got, where = f"{name} with {len(name)} characters", f"{scope.node.path}.{key}"
        raise FleetRefused((Refusal("", None, where, "the name is too long", got, str(NAME)),))
    return name


def refuse_taken(owner: IConstruct, key: str, taken: Container[str]) -> None:
    """Raise FleetRefused when an endpoint has a component of this name, or a component an adapter."""
    if key in taken:
        where, what = f"{owner.node.path}.{key}", "there is one of this name already"
        raise FleetRefused((Refusal("", None, where, what, key, "another name"),))
