"""Reads a container of a SageMaker model: its image, its files, its environment."""

from __future__ import annotations

import re
from typing import Any

from pilotlight.catalog.regions import partition_of
from pilotlight.spec import EcrImage, ModelSpec
from pilotlight.spec.private_registry import PrivateRegistry
from pilotlight.template.evaluation.references import NO_ACCOUNT
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built


def model_of(resources: Resources, model: Resource | None, **instead: Any) -> ModelSpec | None:
    """Read a model that has one container; None when it cannot be read.

    Args:
        resources: all of them.
        model: an `AWS::SageMaker::Model`; None when the template does not have it.
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


def image_of(container: Part, region: str) -> dict[str, Any]:
    """Read the image: of the deployment's own account while nobody knows which that is, else a URI."""
    if container.look("ModelPackageName") is not None:
        return {"model_package": container.symbolic("ModelPackageName")}
    said = container.symbolic("Image")
    config = container.part("ImageConfig")
    if said is not None and config is not None and config.look("RepositoryAccessMode") == "Vpc":
        return {"private_registry": _private_registry(said.value, config)}
    if config is not None:
        config.only("RepositoryAccessMode", "Platform")
    own = None if said is None else re.fullmatch(_own_registry(region), said.value)
    if own is None:
        return {"image": said}
    ecr = EcrImage.model_construct(repository=own["repository"], tag=own["tag"], digest=own["digest"])
    return {"ecr": ecr}


def _private_registry(uri: str, config: Part) -> PrivateRegistry:
    config.leave("RepositoryAccessMode")
    access = config.part("RepositoryAuthConfig")
    provider = None if access is None else access.symbolic("RepositoryCredentialsProviderArn")
    return PrivateRegistry.model_construct(
        image=uri, credentials_provider=None if provider is None else provider.value
    )


def _own_registry(region: str) -> str:
    try:
        suffix = partition_of(region).dns_suffix
    except LookupError:
        suffix = "amazonaws.com"
    registry = re.escape(f"{NO_ACCOUNT}.dkr.ecr.{region}.{suffix}")
    return rf"{registry}/(?P<repository>[^:@]+)(:(?P<tag>[^:@]+)|@(?P<digest>sha256:[0-9a-f]+))"


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
