"""Names an endpoint at synth, because its metrics, scaling and callers all refer to it by name."""

from __future__ import annotations

from aws_cdk import Names
from constructs import Construct

from pilotlight.catalog.limits import ENDPOINT_NAME
from pilotlight.spec import FleetRefused, Refusal
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.literal import refuse_tokens


def literal_name(endpoint: Construct, given: str | None, *, longest: int | None = None) -> str:
    """Give the name of an endpoint: the given one, or one made of its path.

    Args:
        endpoint: the construct.
        given: what its user wants it to be called.
        longest: characters of a name made of the path. Default: as many as SageMaker takes.

    Raises FleetRefused when the given name is a reference or too long.
    """
    if given is None:
        most = ENDPOINT_NAME.maximum if longest is None else longest
        return Names.unique_resource_name(endpoint, max_length=most, separator="-").lower()
    refuse_tokens(ConstructPath(endpoint), {"endpoint_name": given})
    if not ENDPOINT_NAME.allows(len(given)):
        got, where = f"{len(given)} characters", f"{endpoint.node.path}.endpoint_name"
        raise FleetRefused((Refusal("", None, where, "too long", got, str(ENDPOINT_NAME)),))
    return given
