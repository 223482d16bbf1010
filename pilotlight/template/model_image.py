"""Reads which image a container runs, in whichever way a template names it."""

from __future__ import annotations

import re
from typing import Any

from pilotlight.catalog.regions import partition_of
from pilotlight.spec.private_registry import PrivateRegistry
from pilotlight.template.evaluation.references import NO_ACCOUNT
from pilotlight.template.part import Part
from pilotlight.template.said import built


def image_of(container: Part, region: str) -> dict[str, Any]:
    """Read the one key of an image that a container has.

    An image of the deployment's own account stays a repository while nobody knows which account that is.

    Args:
        container: of a model.
        region: of its stack.
    """
    package, image = container.text("ModelPackageName"), container.symbolic("Image")
    if package is not None:
        return {"model_package": package}
    config = container.part("ImageConfig")
    if config is not None and config.look("RepositoryAccessMode") == "Vpc":
        return {"private_registry": _private_registry(container, config)}
    if config is not None:
        config.only("RepositoryAccessMode", "Platform")
    own = None if image is None else re.fullmatch(_own_registry(region), image.value)
    if image is None or own is None:
        return {"image": image}
    named = {key: value for key, value in own.groupdict().items() if value is not None}
    return {"ecr": image.then(lambda _: named)}


def _private_registry(container: Part, config: Part) -> PrivateRegistry | None:
    config.leave("RepositoryAccessMode")
    login = config.part("RepositoryAuthConfig")
    return built(
        PrivateRegistry,
        config.notes,
        config.place,
        image=container.symbolic("Image"),
        credentials_provider=None if login is None else login.text("RepositoryCredentialsProviderArn"),
    )


def _own_registry(region: str) -> str:
    try:
        suffix = partition_of(region).dns_suffix
    except LookupError:
        suffix = "amazonaws.com"
    registry = re.escape(f"{NO_ACCOUNT}.dkr.ecr.{region}.{suffix}")
    return rf"{registry}/(?P<repository>[^:@]+)(:(?P<tag>[^:@]+)|@(?P<digest>sha256:[0-9a-f]+))"
