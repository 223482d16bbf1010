"""Rules for containers that share one SageMaker model: their number, their variables, their network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pydantic_core import PydanticCustomError

from pilotlight.catalog.containers import CONTAINERS
from pilotlight.catalog.hosting_options import why_not
from pilotlight.catalog.limits import ENVIRONMENT_TOTAL
from pilotlight.spec.environment import size_of
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.path import Path
from pilotlight.spec.refusing import refused

NO_JUMPSTART: Final = why_not("multi-container", "model.jumpstart")
"""The reason for pipelines, too."""

Models = Mapping[Path, ModelSpec]
"""The models of the containers, by their paths below `containers`."""


def container_faults(models: Models) -> Iterator[PydanticCustomError]:
    """Give everything that is wrong with containers that are right each for itself."""
    if not CONTAINERS.allows(len(models)):
        yield refused("not that many containers", got=str(len(models)), allowed=str(CONTAINERS))
    yield from _of_variables(models)
    yield from _of_isolation(models)
    for path, model in models.items():
        if model.jumpstart is not None:
            allowed, at = "an image and a source", (*path, "jumpstart")
            yield refused(NO_JUMPSTART, got=model.jumpstart, allowed=allowed, at=at)


def _of_variables(models: Models) -> Iterator[PydanticCustomError]:
    size = sum(size_of(model.environment) for model in models.values())
    if not ENVIRONMENT_TOTAL.allows(size):
        what = "the variables of all containers are too long together"
        yield refused(what, got=f"{size} bytes", allowed=str(ENVIRONMENT_TOTAL))


def _of_isolation(models: Models) -> Iterator[PydanticCustomError]:
    isolated = {model.network_isolation for model in models.values()}
    if len(isolated) > 1:
        open_ones = [path for path, model in models.items() if not model.network_isolation]
        yield refused(
            "containers of one model share their network",
            got="true and false",
            allowed="the same network_isolation in all of them",
            at=(*open_ones[0], "network_isolation"),
        )
