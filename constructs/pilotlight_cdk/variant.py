"""Further variants of an endpoint, in Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Self

from aws_cdk import Duration, Size

from pilotlight.spec import AnyScaling, ShadowVariantSpec, VariantSpec
from pilotlight.spec.path import Path
from pilotlight_cdk.instance_pool import InstancePool, pools_of
from pilotlight_cdk.model import Model


@dataclass(frozen=True, slots=True)
class FurtherVariant:
    """A model with instances of its own, beside the one of the endpoint.

    Args:
        model: what runs on it.
        instance_type: as `ml.m5.large`.
        initial_instance_count: instances at creation. Default: 1.
        weight: what part of the requests it sees. Default: 1.
        model_size: gibibytes of its artefact, from which time-outs and volume follow. Default: unknown.
        model_data_download_timeout: time to fetch the artefact. Default: by its size, or else SageMaker's.
        container_startup_health_check_timeout: time until the container answers. Default: likewise.
        volume_size: storage of an instance. Default: likewise.
        instance_pools: further types for when AWS has none of `instance_type`. Default: none.
        inference_ami_version: machine image of the instances. Default: SageMaker's choice.
        capacity_reservation_arn: the only place to start instances in. Default: anywhere.
        variant_instance_provision_timeout: time to find capacity. Default: SageMaker's.
    """

    model: Model
    instance_type: str
    initial_instance_count: int = 1
    weight: float = 1
    model_size: Size | int | None = None
    model_data_download_timeout: Duration | timedelta | None = None
    container_startup_health_check_timeout: Duration | timedelta | None = None
    volume_size: Size | int | None = None
    instance_pools: Sequence[InstancePool] = ()
    inference_ami_version: str | None = None
    capacity_reservation_arn: str | None = None
    variant_instance_provision_timeout: Duration | timedelta | None = None

    @classmethod
    def from_spec(
        cls,
        spec: VariantSpec | ShadowVariantSpec,
        model: Model,
        models: Mapping[Path, Model] = MappingProxyType({}),
        path: Path = (),
    ) -> Self:
        """Give what a fleet file says, with the models that were built for it.

        Args:
            spec: what the file says.
            model: of the variant.
            models: of its pools, by their paths in the endpoint. Default: pools have none of their own.
            path: leads to the variant.
        """
        said = {each.name for each in fields(cls)} - {"model", "instance_pools"}
        data: dict[str, Any] = {name: getattr(spec, name) for name in said}
        return cls(model=model, instance_pools=pools_of(spec, models, path), **data)

    @property
    def said(self) -> Mapping[str, Any]:
        """What the endpoint judges together with its own keywords."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class Variant(FurtherVariant):
    """One more model that takes a share of the requests of a `RealtimeEndpoint`: its weight of all weights.

    Args:
        scaling: how many instances there are. Default: as many as at first.
    """

    scaling: AnyScaling | None = None


@dataclass(frozen=True, slots=True)
class ShadowVariant(FurtherVariant):
    """A model that is sent copies of the requests of a `RealtimeEndpoint`, and whose answers nobody gets.

    How many are copied is its weight as a share of the endpoint's (assumed).
    """
