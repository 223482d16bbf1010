"""Says of a kind that it can be declared, priced and checked, and that its construct is still to come."""

from __future__ import annotations

from pilotlight.spec import FleetRefused, Refusal
from pilotlight.spec.hosted_endpoint import HostedEndpoint
from stacks.place import Place


def refuse_to_build(place: Place, spec: HostedEndpoint) -> None:
    """Raise FleetRefused."""
    where = f"endpoints.{place.key}.kind"
    raise FleetRefused((Refusal("", None, where, "has no construct yet", spec.kind),))
