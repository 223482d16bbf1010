"""An instance type that a variant falls back to, in Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilotlight.spec.instance_pool import PooledInstances
from pilotlight.spec.path import Path
from pilotlight_cdk.model import Model


@dataclass(frozen=True, slots=True)
class InstancePool:
    """Instances of another type, started when there is no capacity for those before it.

    Args:
        instance_type: as `ml.g6.2xlarge`.
        priority: when it is its turn, 2 to 5; the variant's own type has 1.
        model: what runs on it, built for the type. Default: the model of the variant.
    """

    instance_type: str
    priority: int
    model: Model | None = None

    @property
    def said(self) -> Mapping[str, Any]:
        """What the endpoint judges together with its own keywords."""
        return {"instance_type": self.instance_type, "priority": self.priority, "model": self.model}


def pools_of(
    spec: PooledInstances, models: Mapping[Path, Model], path: Path = ()
) -> tuple[InstancePool, ...]:
    """Give what a fleet file says about the pools of a variant.

    Args:
        spec: the variant.
        models: by their paths in the endpoint.
        path: leads to the variant. Default: it is the endpoint's own.
    """
    return tuple(
        InstancePool(
            pool.instance_type, pool.priority, models.get((*path, "instance_pools", number, "model"))
        )
        for number, pool in enumerate(spec.instance_pools)
    )
