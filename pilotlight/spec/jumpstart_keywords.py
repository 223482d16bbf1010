"""What Python says of a JumpStart model beside its lock."""

from __future__ import annotations

from pilotlight.spec.base import Spec
from pilotlight.spec.environment import Environment
from pilotlight.spec.jumpstart_id import JumpStartId


class JumpStartKeywords(Spec):
    """A choice among the models of a lock."""

    model_id: JumpStartId
    """The model."""

    instance_type: str
    """Where it will run; the lock knows which types it is published for."""

    environment: Environment
    """Variables beside or instead of the model's own."""

    network_isolation: bool
    """Whether its container has no network."""

    accept_eula: bool
    """Whether its licence is accepted."""
