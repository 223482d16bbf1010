"""What of a fleet no template holds, so that reading one back cannot give it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pilotlight.spec import FleetSpec

OUTSIDE: Final[Mapping[str, str]] = {
    "max_hourly_cost": "a limit that synth holds the fleet to; nothing of it is deployed",
    "tags": "tags change nothing that is simulated, priced or checked, so they are stripped before reading",
    "endpoints.*.tags": "as those of the fleet",
}
"""Path of a field, `*` for any key → why it is not read back.

docs/decisions/0009-what-reading-back-means.md has the same list, and a test keeps both complete: a field of a
fleet is read back, or replaced by `resolved`, or here.
"""


def without_what_is_outside(fleet: FleetSpec) -> FleetSpec:
    """Give a fleet with those fields at their defaults: what reading its deployment back gives.

    `read_template(synth(fleet)).fleet == without_what_is_outside(resolved(fleet))`.
    """
    plain: dict[str, Any] = {name: _default(fleet, name) for name in OUTSIDE if "." not in name}
    endpoints = {
        key: endpoint.model_copy(update={"tags": _default(endpoint, "tags")})
        for key, endpoint in fleet.endpoints.items()
    }
    return fleet.model_copy(update=plain | {"endpoints": endpoints})


def _default(part: Any, name: str) -> Any:
    return type(part).model_fields[name].default
