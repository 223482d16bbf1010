"""Names an endpoint at synth, because its metrics, scaling and callers all refer to it by name."""

from __future__ import annotations

import re
from typing import Final

from aws_cdk import Names
from constructs import Construct

from pilotlight.catalog.limits import ENDPOINT_NAME
from pilotlight.catalog.naming import ENDPOINT_NAME_PATTERN
from pilotlight.spec import FleetRefused, Refusal
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.literal import refuse_tokens

LETTERS: Final = "letters, digits and dashes, with a letter or digit at both ends"


def literal_name(
    endpoint: Construct, given: str | None, *, keyword: str = "endpoint_name", longest: int | None = None
) -> str:
    """Give the name of an endpoint: the given one, or one made of its path.

    Args:
        endpoint: the construct.
        given: what its user wants it to be called.
        keyword: how the construct calls that. Default: `endpoint_name`.
        longest: characters of a name made of the path. Default: as many as SageMaker takes.

    Raises FleetRefused when the given name is a reference, or none that SageMaker takes.
    """
    if given is None:
        most = ENDPOINT_NAME.maximum if longest is None else longest
        return Names.unique_resource_name(endpoint, max_length=most, separator="-").lower()
    where = ConstructPath(endpoint)
    refuse_tokens(where, {keyword: given})
    if not ENDPOINT_NAME.allows(len(given)):
        what, got = "too long or empty", f"{len(given)} characters"
        raise FleetRefused((Refusal("", None, f"{where}.{keyword}", what, got, str(ENDPOINT_NAME)),))
    if re.fullmatch(ENDPOINT_NAME_PATTERN, given) is None:
        what = "not a name that SageMaker takes"
        raise FleetRefused((Refusal("", None, f"{where}.{keyword}", what, given, LETTERS),))
    return given
