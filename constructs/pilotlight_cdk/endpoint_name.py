"""Names an endpoint at synth, because its metrics, scaling and callers all refer to it by name."""

from __future__ import annotations

from aws_cdk import Names
from constructs import Construct

from pilotlight.catalog.limits import ENDPOINT_NAME
from pilotlight.spec import FleetRefused, Refusal
from pilotlight_cdk.literal import refuse_tokens


def literal_name(endpoint: Construct, given: str | None) -> str:
    """Give the name of an endpoint: the given one, or one made of its path.

    Raises FleetRefused when the given name is a reference or too long.
    """
    if given is None:
        longest = ENDPOINT_NAME.maximum
        return Names.unique_resource_name(endpoint, max_length=longest, separator="-").lower()
    refuse_tokens(endpoint.node.path, {"endpoint_name": given})
    if not ENDPOINT_NAME.allows(len(given)):
        got, where = f"{len(given)} characters", f"{endpoint.node.path}.endpoint_name"
        raise FleetRefused((Refusal("", None, where, "too long", got, str(ENDPOINT_NAME)),))
    return given
