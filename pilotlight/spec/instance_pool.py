"""Instance types that a variant falls back to, when AWS has none of the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from pilotlight.catalog.instance_types import processor_of
from pilotlight.catalog.limits import INSTANCE_POOL_PRIORITY, INSTANCE_POOLS
from pilotlight.spec.base import Spec
from pilotlight.spec.from_list import FROM_LIST
from pilotlight.spec.further_model import refuse_jumpstart
from pilotlight.spec.hosted_endpoint import Hosted
from pilotlight.spec.inference_ami import refuse_too_old_ami, refuse_unfit_ami
from pilotlight.spec.instance_type import InstanceTypeName, refuse_unfit
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.path import Path
from pilotlight.spec.realtime_scaling import UtilizationScaling
from pilotlight.spec.refusing import refuse_all, refused
from pilotlight.spec.tracked_hardware import units_of
from pilotlight.spec.within import Within

OWN_PRIORITY = 1


def _further(value: int) -> int:
    if value == OWN_PRIORITY:
        raise refused("the priority of the variant's own instance_type", allowed="2..5")
    return value


def _not_of_jumpstart(value: ModelSpec | None) -> ModelSpec | None:
    if value is not None:
        refuse_jumpstart(value)
    return value


class InstancePoolSpec(Spec):
    """Instances of another type, which are started when there is no capacity for those before it."""

    instance_type: InstanceTypeName
    """Which type, as ml.g6.2xlarge."""

    priority: Annotated[int, Within(INSTANCE_POOL_PRIORITY), AfterValidator(_further)]
    """When it is its turn, 2 to 5: the lowest is tried first. The variant's own type has 1."""

    model: Annotated[ModelSpec | None, AfterValidator(_not_of_jumpstart)] = None
    """What runs on it, built for the type. Default: the model of the variant."""


class PooledInstances(Spec):
    """A variant that may fall back. List it before the classes with `instance_type` and `scaling`."""

    instance_pools: Annotated[tuple[InstancePoolSpec, ...], FROM_LIST] = ()
    """Further instance types for when AWS has none of `instance_type`. Default: it waits, then fails."""

    def pooled_models(self, path: Path = ()) -> Iterator[Hosted]:
        """Give the models of pools that have one of their own; `path` leads to this variant."""
        for number, pool in enumerate(self.instance_pools):
            if pool.model is not None:
                yield Hosted((*path, "instance_pools", number, "model"), pool.model, pool.instance_type)

    @property
    def instance_types(self) -> tuple[str, ...]:
        """Every type that instances may have, the variant's own first."""
        own: str = self.instance_type  # type: ignore[attr-defined] # of the class that this is listed before
        return (own, *(pool.instance_type for pool in self.instance_pools))

    @field_validator("instance_pools")
    @classmethod
    def _go_together(
        cls, value: tuple[InstancePoolSpec, ...], info: ValidationInfo
    ) -> tuple[InstancePoolSpec, ...]:
        refuse_all(cls.__name__, value, _faults(value, info.data))
        return value


def _faults(pools: tuple[InstancePoolSpec, ...], said: Mapping[str, Any]) -> Iterator[PydanticCustomError]:
    if not INSTANCE_POOLS.allows(len(pools) + 1):
        got = f"{len(pools)} beside the variant's own type"
        yield refused("too many pools", got=got, allowed=str(INSTANCE_POOLS))
    seen = {said.get("instance_type")}
    for number, pool in enumerate(pools):
        at, name = (number, "instance_type"), pool.instance_type
        if name in seen:
            yield refused("a type twice", got=name, allowed="another type", at=at)
        seen.add(name)
        yield from _misfits(pool, said, at)


def _misfits(pool: InstancePoolSpec, said: Mapping[str, Any], at: Path) -> Iterator[PydanticCustomError]:
    own, name, ami = said.get("instance_type"), pool.instance_type, said.get("inference_ami_version")
    model = pool.model or said.get("model")
    if own is None or model is None:
        return
    if pool.model is None and model.jumpstart is not None:
        what = "a JumpStart model is locked as it is built for one type"
        yield refused(what, got=name, allowed="a model of its own beside it", at=at)
        return
    if pool.model is None and processor_of(name) != processor_of(own):
        what = f"the model is built for {processor_of(own)} instances"
        yield refused(what, got=name, allowed="a model of its own beside it", at=at)
        return
    scaling = said.get("scaling")
    if isinstance(scaling, UtilizationScaling) and units_of(scaling, name) != units_of(scaling, own):
        what = f"no one target of {scaling.metric} fits, with another number of cores or GPUs than {own}"
        yield refused(what, got=name, allowed="a type with as many, or another track", at=at)
    for check, arguments in (
        (refuse_unfit, (name, model)),
        (refuse_unfit_ami, (ami, name)),
        (refuse_too_old_ami, (ami, model, name)),
    ):
        yield from _fault(check, arguments, at)


def _fault(check: Callable[..., None], arguments: tuple[Any, ...], at: Path) -> Iterator[PydanticCustomError]:
    try:
        check(*arguments)
    except PydanticCustomError as fault:
        said = fault.context or {}
        words = {name: said[name] for name in ("got", "allowed", "hint")}
        yield refused(said["what"], **words, at=at)
