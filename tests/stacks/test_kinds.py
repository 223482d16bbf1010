"""A kind of endpoint is one file here, found by the class of its spec."""

from __future__ import annotations

from pilotlight.spec.endpoint import KINDS
from stacks.kinds import BUILDERS


def test_every_kind_has_a_builder() -> None:
    """What a fleet file may say can be deployed."""
    assert {*BUILDERS} == {*KINDS}
