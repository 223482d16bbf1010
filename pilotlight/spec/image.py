"""Where the container image of a model is."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator

from pilotlight.catalog.limits import IMAGE_TAG, IMAGE_URI, REPOSITORY_NAME
from pilotlight.spec.base import Spec
from pilotlight.spec.refusing import refused

REPOSITORY_PATTERN: Final = r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*"
"""What ECR takes as the name of a repository (botocore 1.44.5, ecr CreateRepository)."""

TAG_PATTERN: Final = r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}"
"""What a registry takes as a tag (OCI Distribution Specification 1.1, Pulling manifests)."""


def _uri(value: str) -> str:
    if not value or re.search(r"\s", value) or not IMAGE_URI.allows(len(value)):
        raise refused("not the URI of an image", allowed=f"text without spaces, {IMAGE_URI}")
    return value


def _repository(value: str) -> str:
    if re.fullmatch(REPOSITORY_PATTERN, value) is None or not REPOSITORY_NAME.allows(len(value)):
        hint = "the account and the region are those of the fleet" if "amazonaws" in value else ""
        raise refused("not the name of a repository", allowed="lower-case words joined by . _ - /", hint=hint)
    return value


def _tag(value: str) -> str:
    if re.fullmatch(TAG_PATTERN, value) is None or not IMAGE_TAG.allows(len(value)):
        raise refused("not a tag", allowed="letters, digits and _ . -")
    return value


ImageUri = Annotated[str, AfterValidator(_uri)]
"""A registry, a repository, and a tag or a digest."""


class EcrImage(Spec):
    """An image in a repository of the fleet's own account and region."""

    repository: Annotated[str, AfterValidator(_repository)]
    """The name of the repository, without account and region."""

    tag: Annotated[str, AfterValidator(_tag)]
    """The tag of the image."""
