"""Fleets of many drawn endpoints.

Which ones depends on the modules that are there, too: Hypothesis draws numbers and words that it finds in
them. What is drawn rarely is among `rare_endpoints`, so that a test can count on it.
"""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from pilotlight.spec import EndpointSpec, FleetSpec, NetworkSpec
from tests.spec.valid_fleets import KINDS
from tests.spec.valid_parts import ACCOUNT

FLEETS = 8
OF_EACH_KIND = 5
NETWORK = NetworkSpec(vpc_id="vpc-0a1b2c3d", subnet_ids=("subnet-0a1b2c3d",))


def drawn_fleet(number: int) -> FleetSpec:
    """Give a fleet with some endpoints of each kind; the number decides which."""
    drawn: list[EndpointSpec] = []

    @seed(number)
    @settings(
        max_examples=OF_EACH_KIND,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(st.tuples(*KINDS.values()))
    def draw(endpoints: tuple[Any, ...]) -> None:
        drawn.extend(endpoints)

    draw()
    endpoints = {f"e{place}": endpoint for place, endpoint in enumerate(drawn)}
    return FleetSpec(name=f"many{number}", account=ACCOUNT, network=NETWORK, endpoints=endpoints)
