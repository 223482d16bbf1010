"""Replaces JumpStart ids by what they stand for, which is what is deployed."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, Final, TypeVar

from pilotlight.spec.base import Spec
from pilotlight.spec.endpoint import EndpointSpec
from pilotlight.spec.fleet import FleetSpec
from pilotlight.spec.hosted_endpoint import Hosted
from pilotlight.spec.jumpstart_command import LOCK_FILE, lock_command
from pilotlight.spec.jumpstart_container import JumpStartContainer, jumpstart_container
from pilotlight.spec.jumpstart_lock import JumpStartLock, eula_refusal
from pilotlight.spec.jumpstart_model import LoadTimeouts
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.parts import part_at, with_part
from pilotlight.spec.path import dotted
from pilotlight.spec.refusal import FleetRefused, Refusal
from pilotlight.spec.source import is_prefix

ENVIRONMENT: Final = "environment"
"""The key that a refusal blames when a model takes no variables."""

Endpoint = TypeVar("Endpoint", bound=Spec)


def with_locked_models(fleet: FleetSpec, lock: JumpStartLock | None) -> FleetSpec:
    """Give the same fleet with image, artefact, environment and time-outs instead of JumpStart ids.

    What the fleet says itself wins: a variable of its environment, a time-out of its endpoint.

    Raises:
        FleetRefused: a model is not locked, or its licence is not accepted.
    """
    endpoints = {key: _endpoint(fleet, key, each, lock) for key, each in fleet.endpoints.items()}
    return fleet.model_copy(update={"endpoints": endpoints})


def locked_container(
    lock: JumpStartLock,
    model_id: str,
    *,
    region: str,
    instance_type: str,
    accepted: bool,
    variables: Collection[str] = (),
    file: Path | str = LOCK_FILE,
) -> JumpStartContainer:
    """Say what is deployed for a model whose licence is accepted.

    `variables` are those that its user gives it, and `file` is the lock's, for the commands in refusals.

    Raises:
        FleetRefused: the model is not locked for the region and the type, its licence is not accepted (the
            refusal has the link), or it is a model package and somebody gives it variables.
    """
    container = jumpstart_container(lock, model_id, region=region, instance_type=instance_type, file=file)
    refusal = eula_refusal(lock.models[model_id], accepted)
    if refusal is not None:
        raise FleetRefused((refusal,))
    if container.model_package is not None and variables:
        what, got = "a model package has its own variables", ", ".join(variables)
        raise FleetRefused((Refusal("", None, ENVIRONMENT, what, got, "no environment"),))
    return container


def with_load_timeouts(endpoint: Endpoint, timeouts: LoadTimeouts) -> Endpoint:
    """Give an endpoint the time that loading its model takes, where it does not say so itself."""
    locked = {
        "model_data_download_timeout": timeouts.model_data_download,
        "container_startup_health_check_timeout": timeouts.container_startup_health_check,
    }
    missing = {name: limit for name, limit in locked.items() if getattr(endpoint, name, limit) is None}
    return endpoint.model_copy(update=missing)


def resolved_model(model: ModelSpec, container: JumpStartContainer) -> ModelSpec:
    """Give a model as image, artefact and environment, or as model package.

    Only a prefix in S3 has a licence to accept.
    """
    source = container.source
    return model.model_copy(
        update={
            "jumpstart": None,
            "image": container.image,
            "model_package": container.model_package,
            "source": source,
            "environment": dict(sorted({**container.environment, **model.environment}.items())),
            "accept_eula": model.accept_eula and source is not None and is_prefix(source),
        }
    )


def _endpoint(fleet: FleetSpec, key: str, endpoint: EndpointSpec, lock: JumpStartLock | None) -> EndpointSpec:
    changed = endpoint
    for each in endpoint.hosted:
        if each.model.jumpstart is not None:
            path, where = each.path[:-1], dotted(("endpoints", key, *each.path, "jumpstart"))
            changed = with_part(changed, path, _host(part_at(changed, path), fleet, each, lock, where))
    return changed


def _host(host: Any, fleet: FleetSpec, hosted: Hosted, lock: JumpStartLock | None, where: str) -> Any:
    """Give the part that says the model with everything that its id stands for."""
    model_id = str(hosted.model.jumpstart)
    if lock is None:
        hint = f"`{lock_command(model_id)}` writes it"
        raise FleetRefused((Refusal("", None, where, "needs a lock", model_id, hint=hint),))
    if hosted.instance_type is None:
        allowed = "a model of its own"
        raise FleetRefused((Refusal("", None, where, "is hosted on instances only", model_id, allowed),))
    container = locked_container(
        lock,
        model_id,
        region=fleet.region,
        instance_type=hosted.instance_type,
        accepted=hosted.model.accept_eula,
        variables=hosted.model.environment,
    )
    timed = with_load_timeouts(host, lock.models[model_id].timeouts)
    return timed.model_copy(update={str(hosted.path[-1]): resolved_model(hosted.model, container)})
