"""Images outside of ECR: in a private registry, or inside a model package."""

from __future__ import annotations

from aws_cdk import Token
from aws_cdk import aws_sagemaker as sagemaker
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.spec.model_package import MODEL_PACKAGE_ARN
from pilotlight.spec.private_registry import PrivateRegistry
from pilotlight_cdk.bound_image import BoundImage, refused_image
from pilotlight_cdk.permission import Permission


def bind_private_registry(scope: Construct, *, registry: PrivateRegistry) -> BoundImage:
    """Take an image of a private registry; the role may ask the function for user and password."""
    del scope
    provider = registry.credentials_provider
    config = sagemaker.CfnModel
    return BoundImage(
        spec={"private_registry": registry},
        uri=registry.image,
        permissions=() if provider is None else (Permission((actions.INVOKE_FUNCTION,), (provider,)),),
        config=config.ImageConfigProperty(
            repository_access_mode="Vpc",
            repository_auth_config=None
            if provider is None
            else config.RepositoryAuthConfigProperty(repository_credentials_provider_arn=provider),
        ),
    )


def bind_model_package(scope: Construct, *, arn: str) -> BoundImage:
    """Take everything of a model package.

    A product of AWS Marketplace needs no permission of the model's role. What a version of the Model Registry
    needs is said inside it, which synth does not see: grant it to the model.

    Raises:
        FleetRefused: it is not the ARN of a model package.
    """
    if not Token.is_unresolved(arn) and MODEL_PACKAGE_ARN.fullmatch(arn) is None:
        allowed = "the ARN of a model package, with the version if it has versions"
        raise refused_image(scope.node.path, "not a model package", got=arn, allowed=allowed)
    return BoundImage(spec={"model_package": arn}, model_package=arn)
