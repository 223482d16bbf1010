"""The URIs of images in Amazon ECR."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, ValidationInfo

from pilotlight.catalog.regions import dns_suffixes
from pilotlight.spec.from_file import FROM_FILE
from pilotlight.spec.image import DIGEST_PATTERN, REPOSITORY_PATTERN, TAG_PATTERN, ImageUri
from pilotlight.spec.refusing import refused

_SUFFIX: Final = "|".join(re.escape(suffix) for suffix in dns_suffixes())
ECR_HOST: Final = re.compile(rf"(?P<account>[0-9]{{12}})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.({_SUFFIX})")
"""The registry of an account in a region (botocore 1.44.5, ecr GetAuthorizationToken)."""

ECR_URI: Final = re.compile(
    rf"{ECR_HOST.pattern}/(?P<repository>{REPOSITORY_PATTERN})(:{TAG_PATTERN}|@{DIGEST_PATTERN})"
)
"""An image in ECR with its tag or digest."""

ALLOWED: Final = "<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>, or @<digest>"
ELSEWHERE: Final = "ecr names an image of your account, private_registry one outside of ECR"


def _in_ecr(value: str, info: ValidationInfo) -> str:
    """Take any image that a template names; one that a file names is deployed, and has to be in ECR."""
    if info.context == FROM_FILE and ECR_URI.fullmatch(value) is None:
        raise refused("not an image in ECR", allowed=ALLOWED, hint=ELSEWHERE)
    return value


EcrUri = Annotated[ImageUri, AfterValidator(_in_ecr)]
"""A registry of ECR, a repository, and a tag or a digest."""
