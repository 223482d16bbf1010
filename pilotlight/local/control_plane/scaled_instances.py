"""Lets Application Auto Scaling change how many instances a production variant has."""

from __future__ import annotations

from typing import Any

from pilotlight.catalog.scaling import SCALABLE_DIMENSION
from pilotlight.local.control_plane.endpoint_description import VariantDescription
from pilotlight.local.control_plane.scaled_variant import ScaledVariant


class ScaledInstances(ScaledVariant):
    """Counts instances."""

    dimension = SCALABLE_DIMENSION

    def counts(self, variant: VariantDescription) -> tuple[int, int] | None:
        """Its instances; a serverless one has none."""
        if variant.concurrency is not None:
            return None
        return variant.current_instance_count, variant.desired_instance_count

    def wanted(self, count: int) -> dict[str, Any]:
        """So many instances."""
        return {"DesiredInstanceCount": count}
