"""What can run where SageMaker chooses the hardware."""

from __future__ import annotations

from typing import Any, Final

from pilotlight.catalog.hosting_options import why_not
from pilotlight.catalog.images import framework_processors, processors_of_image
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.refusing import refused
from pilotlight.spec.source import ONE_ARCHIVE, is_prefix

NO_ISOLATION: Final = why_not("serverless", "model.network_isolation")
NO_PREFIX: Final = why_not("serverless", "model.source")
NO_JUMPSTART: Final = why_not("serverless", "model.jumpstart")
NO_GPU: Final = "serverless inference has no GPUs"


class ServerlessModelSpec(ModelSpec):
    """A model of a serverless endpoint: an image for CPUs, and one archive."""

    network_isolation: bool = False
    """Always false: serverless inference cannot cut its containers off from the network."""


def of_serverless(value: Any) -> Any:
    """Take the model of a construct, which knows nothing of where it will run, as one of such an endpoint."""
    if isinstance(value, ModelSpec) and not isinstance(value, ServerlessModelSpec):
        return ServerlessModelSpec.model_construct(**dict(value))  # its parts may be references
    return value


def refuse_on_serverless(model: ModelSpec) -> None:
    """Raise when serverless inference cannot host a model.

    Source: SageMaker Developer Guide, Deploy models with Serverless Inference, Feature exclusions; botocore
    1.44.5, ContainerDefinition.ModelDataSource.
    """
    if model.network_isolation:
        raise refused(NO_ISOLATION, got="true", allowed="false", at=("network_isolation",))
    if model.private_registry is not None:
        what, allowed = "serverless inference pulls from no private registry", "an image in ECR"
        raise refused(what, got=model.private_registry.image, allowed=allowed, at=("private_registry",))
    if model.jumpstart is not None:
        allowed = "an image and a source"
        raise refused(NO_JUMPSTART, got=model.jumpstart, allowed=allowed, at=("jumpstart",))
    if model.source is not None and is_prefix(model.source):
        raise refused(NO_PREFIX, got=model.source, allowed=ONE_ARCHIVE, at=("source",))
    _refuse_gpu_image(model)


def _refuse_gpu_image(model: ModelSpec) -> None:
    if model.framework is not None and model.version is not None:
        got, at = f"{model.framework} {model.version}", ("framework",)
        built_for = framework_processors(model.framework, model.version)
    else:
        got, at = str(model.image), ("image",)
        built_for = processors_of_image(got)
    if built_for and "cpu" not in built_for:
        raise refused(NO_GPU, got=got, allowed="an image that is built for CPUs", at=at)
