"""Secrets that a container reads itself, out of AWS Secrets Manager."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from pilotlight.catalog.limits import ENVIRONMENT_TEXT
from pilotlight.catalog.secrets import ARN_PATTERN, ID_SUFFIX, NAME_LENGTH, NAME_PATTERN
from pilotlight.spec.environment import variable
from pilotlight.spec.plain_secret import NOT_SHOWN, plain_secrets
from pilotlight.spec.refusing import refused


def _secret_id(value: str) -> str:
    if any(plain_secrets({"": value})):
        raise refused("the secret itself", got=NOT_SHOWN, allowed="the name or ARN of a secret")
    is_name = re.fullmatch(NAME_PATTERN, value) is not None and NAME_LENGTH.allows(len(value))
    if not is_name and re.fullmatch(ARN_PATTERN, value) is None:
        raise refused("not a secret of Secrets Manager", allowed="its name, or its ARN")
    return value


def _secret_variable(value: str) -> str:
    if not ENVIRONMENT_TEXT.allows(len(f"{variable(value)}{ID_SUFFIX}")):
        raise refused("too long", allowed=f"{ENVIRONMENT_TEXT} with {ID_SUFFIX}")
    return value


ModelSecrets = dict[
    Annotated[str, AfterValidator(_secret_variable)], Annotated[str, AfterValidator(_secret_id)]
]
"""Variable → name or ARN of the secret that holds its value."""


def secret_variables(secrets: ModelSecrets) -> dict[str, str]:
    """Give the variables that tell a container which secrets to read: `HF_TOKEN_SECRET_ID`."""
    return {f"{name}{ID_SUFFIX}": secret for name, secret in secrets.items()}
