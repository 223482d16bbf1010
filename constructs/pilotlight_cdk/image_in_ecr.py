"""Images in Amazon ECR: AWS's own, those of a repository, and those at a URI."""

from __future__ import annotations

from aws_cdk import aws_ecr as ecr
from constructs import Construct

from pilotlight.catalog.framework_environment import script_environment
from pilotlight.catalog.images import framework_image
from pilotlight.spec import EcrImage
from pilotlight.spec.ecr_uri import ALLOWED, ECR_URI
from pilotlight_cdk.bound_image import BoundImage, refused_image
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.hosting_permissions import image_permissions
from pilotlight_cdk.literal_region import literal_region
from pilotlight_cdk.location import Location


def bind_framework(scope: Construct, *, name: str, version: str, instance_type: str | None) -> BoundImage:
    """Take AWS's image for a framework. Raises FleetRefused when there is none."""
    region = literal_region(scope, ConstructPath(scope), "image")
    try:
        uri = framework_image(name, version, region, instance_type)
    except LookupError as unknown:
        raise refused_image(scope.node.path, str(unknown)) from unknown
    return BoundImage(
        spec={"framework": name, "version": version},
        uri=uri,
        permissions=image_permissions(_repository_arn(scope, uri)),
        script_environment=script_environment(name),
    )


def bind_repository(
    scope: Construct, *, repository: ecr.IRepository, tag: str | None, digest: str | None
) -> BoundImage:
    """Take an image of a repository. Raises FleetRefused without tag or digest, or with both."""
    if (tag is None) == (digest is None):
        got = "neither" if tag is None else "both"
        raise refused_image(
            scope.node.path, "needs one image of the repository", got=got, allowed="tag or digest"
        )
    uri = repository.repository_uri_for_tag_or_digest(tag if digest is None else digest)
    name, account = repository.repository_name, repository.env.account
    elsewhere = None if account == Location.of(repository).account else account
    spec = EcrImage.model_construct(repository=name, tag=tag, digest=digest, account=elsewhere)
    permissions = image_permissions(repository.repository_arn)
    return BoundImage(spec={"ecr": spec}, uri=uri, permissions=permissions)


def bind_uri(scope: Construct, *, uri: str) -> BoundImage:
    """Take the image at a URI. Raises FleetRefused when it is not one in ECR."""
    permissions = image_permissions(_repository_arn(scope, uri))
    return BoundImage(spec={"image": uri}, uri=uri, permissions=permissions)


def _repository_arn(scope: Construct, uri: str) -> str:
    found = ECR_URI.fullmatch(uri)
    if found is None:
        hint = "ModelImage.from_private_registry takes one of another registry"
        raise refused_image(scope.node.path, "not an image in ECR", got=uri, allowed=ALLOWED, hint=hint)
    partition = Location.of(scope).partition
    return f"arn:{partition}:ecr:{found['region']}:{found['account']}:repository/{found['repository']}"
