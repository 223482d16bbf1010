"""Reads the network of a fleet out of that of its models."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pilotlight.catalog.naming import NETWORK_KEY
from pilotlight.spec import NetworkSpec
from pilotlight.template.evaluation.symbol import Reference
from pilotlight.template.hosted_endpoint import CONFIG, MODEL
from pilotlight.template.names import Names
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built

GROUP: Final = "AWS::EC2::SecurityGroup"


def network_of(resources: Resources, names: Names, models: Iterable[Resource]) -> NetworkSpec | None:
    """Read the network that all models without isolation share; None when they have none of the fleet's.

    Args:
        resources: all of them.
        names: of the fleet: a network of its own is in a stack of its own.
        models: those that were read.
    """
    own = f"{names.prefix}{NETWORK_KEY}"
    created = bool(names.prefix) and own in resources.stacks
    read = NetworkSpec(create=True) if created else None
    first: Any = None
    for model in models:
        config = model.part.part("VpcConfig")
        if config is None and _is_serverless(resources, model):
            continue
        if _is_isolated(model):
            _note_isolated(config)
            continue
        if config is not None and created and _is_of(config, own):
            config.leave("SecurityGroupIds", "Subnets")
            continue
        written = None if config is None else _named(resources, config)
        if first is None:
            first = (written,)
            read = read if config is None or written is None else _network(resources, config, written)
        elif first != (written,):
            model.part.note("VpcConfig", "a fleet has one network, and other models have another one")
    return read


def _network(resources: Resources, config: Part, written: dict[str, Any]) -> NetworkSpec | None:
    said = {key: Said(value, config.place) for key, value in written.items() if value}
    return built(NetworkSpec, resources.notes, config.place, **said)


def _named(resources: Resources, config: Part) -> dict[str, Any]:
    subnets, groups = config.texts("Subnets"), config.look("SecurityGroupIds")
    made = [_own_group(resources, each) for each in groups] if isinstance(groups, list) else []
    if len(made) == 1 and made[0] is not None:
        config.leave("SecurityGroupIds")
        return {"vpc_id": made[0].part.look("VpcId"), "subnet_ids": () if subnets is None else subnets.value}
    said = config.texts("SecurityGroupIds")
    return {
        "subnet_ids": () if subnets is None else subnets.value,
        "security_group_ids": () if said is None else said.value,
    }


def _own_group(resources: Resources, group: Any) -> Resource | None:
    """Find the security group that a model brings along; None for one that is named."""
    return resources.find(group, GROUP)


def _is_serverless(resources: Resources, model: Resource) -> bool:
    """Whether a model is hosted where there is no network to choose."""
    variants = (each for config in resources.of_type(CONFIG) for each in _variants(config))
    return any(
        "ServerlessConfig" in each and resources.find(each.get("ModelName"), MODEL, "ModelName") is model
        for each in variants
    )


def _variants(config: Resource) -> list[Any]:
    variants = config.part.look("ProductionVariants")
    return [each for each in variants if isinstance(each, dict)] if isinstance(variants, list) else []


def _is_isolated(model: Resource) -> bool:
    """Whether nothing of a model lives in the network: not its container, and not the way to its image."""
    isolated = model.part.look("EnableNetworkIsolation") in (True, "true")
    return isolated and not any(_comes_through_vpc(each) for each in _containers(model))


def _containers(model: Resource) -> list[Any]:
    several = model.part.look("Containers")
    return [model.part.look("PrimaryContainer"), *(several if isinstance(several, list) else ())]


def _comes_through_vpc(container: Any) -> bool:
    config = container.get("ImageConfig") if isinstance(container, dict) else None
    return isinstance(config, dict) and config.get("RepositoryAccessMode") == "Vpc"


def _note_isolated(config: Part | None) -> None:
    if config is not None:
        config.leave("SecurityGroupIds", "Subnets")
        config.note("Subnets", "a fleet gives an isolated model no network")


def _is_of(config: Part, stack: str) -> bool:
    subnets = config.look("Subnets")
    return isinstance(subnets, list) and all(
        isinstance(each, Reference) and each.stack == stack for each in subnets
    )
