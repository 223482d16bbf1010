"""The pipeline endpoint: one request passes through all of its containers, in their order."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from pilotlight.catalog.hosting_options import not_here
from pilotlight.spec.container import StepSpec
from pilotlight.spec.containers_on_instances import ContainersOnInstances
from pilotlight.spec.from_list import FROM_LIST
from pilotlight.spec.refusing import refused


def _named_apart(value: tuple[StepSpec, ...]) -> tuple[StepSpec, ...]:
    seen: set[str] = set()
    for number, step in enumerate(value):
        if step.name in seen:
            raise refused("a name twice", got=step.name, allowed="another name", at=(number, "name"))
        seen.add(step.name)
    return value


class PipelineSpec(ContainersOnInstances):
    """An endpoint whose containers work on each request one after the other.

    The answer of a container is the request of the next one; callers see the answer of the last. Each image
    must listen where the variable SAGEMAKER_BIND_TO_PORT says, and declare in a label that it does.
    """

    NOT_HERE = not_here("pipeline")

    kind: Literal["pipeline"] = "pipeline"
    """Containers in a row."""

    containers: Annotated[tuple[StepSpec, ...], AfterValidator(_named_apart), FROM_LIST]
    """What a request passes through, in this order."""
