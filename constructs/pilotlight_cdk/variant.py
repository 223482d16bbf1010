"""A further variant of an endpoint, in Python."""

from __future__ import annotations

from dataclasses import dataclass

from pilotlight.spec import AnyScaling, VariantSpec, build
from pilotlight_cdk.model import Model


@dataclass(frozen=True, slots=True)
class Variant:
    """One more model that takes a share of the requests of a `RealtimeEndpoint`.

    Args:
        model: what runs on it.
        instance_type: as `ml.m5.large`.
        scaling: how many instances there are. Default: as many as at first.
        initial_instance_count: instances at creation. Default: 1.
        weight: its share of the requests, divided by all weights. Default: 1.
    """

    model: Model
    instance_type: str
    scaling: AnyScaling | None = None
    initial_instance_count: int = 1
    weight: float = 1

    @property
    def spec(self) -> VariantSpec:
        """The variant as a fleet file would say it. Raises FleetRefused."""
        return build(
            VariantSpec,
            model=self.model.spec,
            instance_type=self.instance_type,
            scaling=self.scaling,
            initial_instance_count=self.initial_instance_count,
            weight=self.weight,
        )

    @classmethod
    def from_spec(cls, spec: VariantSpec, model: Model) -> Variant:
        """Give what a fleet file says, with the model that was built for it."""
        return cls(
            model=model,
            instance_type=spec.instance_type,
            scaling=spec.scaling,
            initial_instance_count=spec.initial_instance_count,
            weight=spec.weight,
        )
