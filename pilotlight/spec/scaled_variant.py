"""A production variant that answers at once: how many instances it has, and what that depends on."""

from __future__ import annotations

from pilotlight.spec.on_instances import OnInstances
from pilotlight.spec.scaled_instances import ScaledInstances


class ScaledVariant(ScaledInstances, OnInstances):
    """A model on instances that never go to zero."""
