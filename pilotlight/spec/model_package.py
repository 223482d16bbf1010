"""Model packages: versions in the SageMaker Model Registry, and products of AWS Marketplace."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator

from pilotlight.catalog.limits import MODEL_PACKAGE_NAME
from pilotlight.spec.refusing import refused

MODEL_PACKAGE_ARN: Final = re.compile(
    r"arn:aws[a-z-]*:sagemaker:(?P<region>[a-z0-9-]+):(?P<account>[0-9]{12}):model-package/"
    r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}(/[0-9]{1,9})?"
)
"""A version of a group, or a package without versions (botocore 1.44.5, VersionedArnOrName)."""


def _model_package(value: str) -> str:
    if MODEL_PACKAGE_ARN.fullmatch(value) is None or not MODEL_PACKAGE_NAME.allows(len(value)):
        is_group = ":model-package-group/" in value
        hint = "a group has many versions: name one, as model-package/GROUP/3" if is_group else ""
        allowed = "arn:aws:sagemaker:REGION:ACCOUNT:model-package/NAME, with /VERSION if it has versions"
        raise refused("not a model package", allowed=allowed, hint=hint)
    return value


ModelPackageArn = Annotated[str, AfterValidator(_model_package)]
"""The ARN of a model package."""


def region_of_package(arn: str) -> str:
    """Give the region of a model package, which is the only one it can be deployed to."""
    found = MODEL_PACKAGE_ARN.fullmatch(arn)
    return "" if found is None else found["region"]
