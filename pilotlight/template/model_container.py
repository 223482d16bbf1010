"""Reads a model of SageMaker, and a container of it: its image, its files, its environment."""

from __future__ import annotations

from typing import Any, Final

from pilotlight.spec import ModelSpec
from pilotlight.template.model_image import image_of
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built

SINGLE: Final = "SingleModel"
"""How a container hosts that does not say how (botocore 1.44.5, ContainerDefinition)."""


def model_of(
    resources: Resources, model: Resource | None, *, mode: str = SINGLE, **instead: Any
) -> ModelSpec | None:
    """Read a model that has one container; None when it cannot be read.

    Args:
        resources: all of them.
        model: an `AWS::SageMaker::Model`; None when the template does not have it.
        mode: of the container; another one is noted.
        instead: fields that the kind reads itself, as a container of many models has no source.
    """
    if model is None:
        return None
    model.is_read = True
    model.part.leave("ExecutionRoleArn")
    container = container_of(model)
    if container is None:
        resources.notes.note(model.place, "has not exactly one container")
        return None
    container.only("Mode", mode, *((None,) if mode == SINGLE else ()))
    return built(
        ModelSpec,
        resources.notes,
        container.place,
        **(container_fields(container, model.stack.region, *instead) | instead),
        network_isolation=isolation_of(model),
    )


def container_of(model: Resource) -> Part | None:
    """Give the one container of a model, however the template writes it; None when there are several."""
    if (primary := model.part.part("PrimaryContainer")) is not None:
        return primary
    containers = model.part.parts("Containers")
    return containers[0] if len(containers) == 1 else None


def isolation_of(model: Resource) -> Said[bool] | bool:
    """Read whether a model has no network; CloudFormation's default is that it has one."""
    said = model.part.flag("EnableNetworkIsolation")
    return False if said is None else said


def container_fields(container: Part, region: str, *except_for: str) -> dict[str, Any]:
    """Read the fields of a `ModelSpec`, but for some that the kind reads itself."""
    fields: dict[str, Any] = image_of(container, region)
    if "environment" not in except_for:
        fields["environment"] = environment_of(container)
    return fields if "source" in except_for else fields | _files(container)


def environment_of(container: Part) -> dict[str, str]:
    """Read the variables of a container."""
    variables = container.part("Environment")
    if variables is None:
        return {}
    said = {name: variables.symbolic(name) for name in variables.keys()}  # noqa: SIM118 (not a mapping)
    return {name: each.value for name, each in said.items() if each is not None}


def _files(container: Part) -> dict[str, Any]:
    if container.look("ModelDataSource") is None:
        return {"source": container.symbolic("ModelDataUrl")}
    source = container.part("ModelDataSource")
    where = None if source is None else source.part("S3DataSource")
    if where is None:
        return {}
    packed = where.look("CompressionType") == "Gzip"
    where.only("CompressionType", "Gzip" if packed else "None")
    where.only("S3DataType", "S3Object" if packed else "S3Prefix")
    access = where.part("ModelAccessConfig")
    return {
        "source": where.symbolic("S3Uri"),
        "accept_eula": None if access is None else access.flag("AcceptEula"),
    }
