"""What every production variant with a model on instances says."""

from __future__ import annotations

from pilotlight.spec.container_start import ContainerStart
from pilotlight.spec.instance_options import InstanceOptions
from pilotlight.spec.placed_model import PlacedModel


class OnInstances(ContainerStart, InstanceOptions, PlacedModel):
    """A model that starts with its instances."""
