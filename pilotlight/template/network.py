"""Reads the network of a fleet out of that of its models."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pilotlight.catalog.naming import NETWORK_KEY
from pilotlight.spec import NetworkSpec
from pilotlight.template.conversions import as_mappings
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
    first: dict[str, Any] | None = None
    for model, config in ((each, each.part.part("VpcConfig")) for each in models):
        if config is None or (created and _is_of(config, own)):
            _note_alone(resources, model, config, first)
        elif first is None:
            first = _named(resources, config)
            read = _network(resources, config, first)
        elif first != _named(resources, config):
            model.part.note("VpcConfig", "a fleet has one network, and other models have another one")
        if config is not None and _is_isolated(model):
            config.note("Subnets", "a fleet gives an isolated model no network")
    return read


def _note_alone(
    resources: Resources, model: Resource, config: Part | None, first: dict[str, Any] | None
) -> None:
    """Take the fleet's own network as read, and note an open model that is in none while others are."""
    if config is not None:
        config.leave("SecurityGroupIds", "Subnets")
    elif first is not None and not _is_isolated(model) and not _is_serverless(resources, model):
        model.part.note("VpcConfig", "a fleet has one network, and this model is not in it")


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


def _is_isolated(model: Resource) -> bool:
    """Tell whether a model needs no network; the image of a private registry comes through one."""
    containers = (model.part.look("PrimaryContainer"), *as_mappings(model.part.look("Containers")))
    through = any(isinstance(each, dict) and _comes_through_vpc(each) for each in containers)
    return not through and model.part.look("EnableNetworkIsolation") in (True, "true")


def _comes_through_vpc(container: dict[str, Any]) -> bool:
    config = container.get("ImageConfig")
    return isinstance(config, dict) and config.get("RepositoryAccessMode") == "Vpc"


def _is_serverless(resources: Resources, model: Resource) -> bool:
    """Tell whether SageMaker runs a model without instances, which then join no network."""
    return any(
        "ServerlessConfig" in each and resources.find(each.get("ModelName"), MODEL, "ModelName") is model
        for config in resources.of_type(CONFIG)
        for each in as_mappings(config.part.look("ProductionVariants"))
    )


def _is_of(config: Part, stack: str) -> bool:
    subnets = config.look("Subnets")
    return isinstance(subnets, list) and all(
        isinstance(each, Reference) and each.stack == stack for each in subnets
    )
