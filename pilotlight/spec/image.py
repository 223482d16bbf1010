"""Where the container image of a model is."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import AfterValidator, ValidationInfo, field_validator

from pilotlight.catalog.limits import IMAGE_TAG, IMAGE_URI, REPOSITORY_NAME
from pilotlight.spec.account import Account
from pilotlight.spec.base import Spec
from pilotlight.spec.refusing import refused

REPOSITORY_PATTERN: Final = r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*"
"""What ECR takes as the name of a repository (botocore 1.44.5, ecr CreateRepository)."""

TAG_PATTERN: Final = r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}"
"""What a registry takes as a tag (OCI Distribution Specification 1.1, Pulling manifests)."""

DIGEST_PATTERN: Final = r"sha256:[0-9a-f]{64}"
"""What ECR gives as the digest of an image (botocore 1.44.5, ecr ImageDigest)."""


def _uri(value: str) -> str:
    if not value or re.search(r"\s", value) or not IMAGE_URI.allows(len(value)):
        raise refused("not the URI of an image", allowed=f"text without spaces, {IMAGE_URI}")
    return value


def _repository(value: str) -> str:
    if re.fullmatch(REPOSITORY_PATTERN, value) is None or not REPOSITORY_NAME.allows(len(value)):
        hint = "the account has a key of its own, the region is the fleet's" if "amazonaws" in value else ""
        raise refused("not the name of a repository", allowed="lower-case words joined by . _ - /", hint=hint)
    return value


def _tag(value: str) -> str:
    if re.fullmatch(TAG_PATTERN, value) is None or not IMAGE_TAG.allows(len(value)):
        raise refused("not a tag", allowed="letters, digits and _ . -")
    return value


def _digest(value: str) -> str:
    if re.fullmatch(DIGEST_PATTERN, value) is None:
        raise refused("not a digest", allowed="sha256: and 64 hexadecimal digits")
    return value


ImageUri = Annotated[str, AfterValidator(_uri)]
"""A registry, a repository, and a tag or a digest."""


class EcrImage(Spec):
    """An image in a repository of ECR, in the fleet's region."""

    NOT_HERE = MappingProxyType({"region": "an image comes from the region of its endpoint"})

    repository: Annotated[str, AfterValidator(_repository)]
    """The name of the repository, without account and region."""

    tag: Annotated[str, AfterValidator(_tag)] | None = None
    """The tag of the image."""

    digest: Annotated[str, AfterValidator(_digest)] | None = None
    """The digest of the image, instead of a tag: it cannot be moved to another image."""

    account: Account | None = None
    """The account of the repository; its policy must let the model's role pull. Default: the fleet's own."""

    @field_validator("digest")
    @classmethod
    def _tag_or_digest(cls, value: str | None, info: ValidationInfo) -> str | None:
        if "tag" in info.data and (value is None) == (info.data["tag"] is None):
            got = "neither" if value is None else "both"
            raise refused("needs one image of the repository", got=got, allowed="tag or digest", at=("..",))
        return value

    @property
    def suffix(self) -> str:
        """What follows the repository in a URI: `:tag` or `@digest`."""
        return f":{self.tag}" if self.digest is None else f"@{self.digest}"
