"""An image in a private Docker registry, which SageMaker reaches through the model's VPC."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator

from pilotlight.spec.base import Spec
from pilotlight.spec.ecr_uri import ECR_HOST
from pilotlight.spec.image import ImageUri
from pilotlight.spec.refusing import refused

FUNCTION_ARN: Final = (
    r"arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9$_-]+)?"
)
"""The ARN of a function, or of a version of it (botocore 1.44.5, lambda CreateFunction)."""


def _outside_ecr(value: str) -> str:
    host, slash, _ = value.partition("/")
    if ECR_HOST.match(host):
        raise refused(
            "an image in ECR needs no VPC", allowed="the URI of another registry", hint="use ecr or image"
        )
    if not slash or "." not in host:
        raise refused("names no registry", allowed="registry.example.org/team/model:1.4")
    return value


def _function(value: str) -> str:
    if re.fullmatch(FUNCTION_ARN, value) is None:
        raise refused("not a Lambda function", allowed="the ARN of one that returns Credentials")
    return value


class PrivateRegistry(Spec):
    """An image outside of ECR. The fleet needs a network with a way to the registry.

    The registry speaks the Docker Registry HTTP API V2 and has a certificate of a public authority (SageMaker
    Developer Guide, Use a Private Docker Registry for Real-Time Inference Containers).
    """

    image: Annotated[ImageUri, AfterValidator(_outside_ecr)]
    """The URI of the image: registry, repository, and a tag or a digest."""

    credentials_provider: Annotated[str, AfterValidator(_function)] | None = None
    """The ARN of the Lambda function that returns user and password. Default: the registry asks for none."""
