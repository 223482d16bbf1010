"""The names that SageMaker JumpStart gives its models."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator

from pilotlight.spec.refusing import refused

MODEL_ID_PATTERN: Final = r"[a-zA-Z0-9](-*[a-zA-Z0-9])*"
"""What names in a hub are made of (botocore 1.43.106, HubContentName); some have more than 63 characters."""


def _model_id(value: str) -> str:
    if re.fullmatch(MODEL_ID_PATTERN, value) is None:
        allowed = "an id as huggingface-llm-falcon-40b-instruct-bf16"
        raise refused("not the id of a JumpStart model", allowed=allowed, hint="the lock holds its version")
    return value


JumpStartId = Annotated[str, AfterValidator(_model_id)]
"""As `huggingface-llm-falcon-40b-instruct-bf16`."""
