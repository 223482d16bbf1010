"""Lets Application Auto Scaling change the provisioned concurrency of a serverless variant."""

from __future__ import annotations

from typing import Any

from pilotlight.catalog.scaling import CONCURRENCY_DIMENSION
from pilotlight.local.control_plane.endpoint_description import VariantDescription
from pilotlight.local.control_plane.scaled_variant import ScaledVariant


class ScaledConcurrency(ScaledVariant):
    """Counts the containers that are kept warm."""

    dimension = CONCURRENCY_DIMENSION

    def counts(self, variant: VariantDescription) -> tuple[int, int] | None:
        """What is provisioned; a variant on instances has none."""
        given = variant.concurrency
        if given is None:
            return None
        return given.current.provisioned_concurrency, given.desired.provisioned_concurrency

    def wanted(self, count: int) -> dict[str, Any]:
        """So much of it."""
        return {"ServerlessUpdateConfig": {"ProvisionedConcurrency": count}}
