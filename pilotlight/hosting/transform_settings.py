"""How a transform job asks its containers: what the request says, or the container, or SageMaker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pilotlight.catalog.batch_transform import (
    DEFAULT_BATCH_STRATEGY,
    INVOCATION_RETRIES,
    INVOCATION_TIMEOUT,
    MAX_CONCURRENT_TRANSFORMS,
    MAX_PAYLOAD_MB,
)

SINGLE_RECORD: Final = "SINGLE_RECORD"
MULTI_RECORD: Final = "MULTI_RECORD"
"""The strategies in the words that containers are told and answer with."""


@dataclass(frozen=True, slots=True)
class TransformSettings:
    """What all requests of a job have in common; times in seconds, sizes in MB."""

    single_record: bool
    max_payload_mb: int
    max_concurrent: int
    timeout_s: int
    max_retries: int

    @classmethod
    def of(cls, request: Mapping[str, Any], container: Mapping[str, Any]) -> TransformSettings:
        """Take each value from CreateTransformJob, else from the container, else SageMaker's default.

        container: what it answered to /execution-parameters; empty when it answers nothing.
        """
        client = request.get("ModelClientConfig", {})
        strategy = _first(request, container, "BatchStrategy", DEFAULT_BATCH_STRATEGY)
        concurrent = _first(request, container, "MaxConcurrentTransforms", MAX_CONCURRENT_TRANSFORMS.default)
        return cls(
            single_record=strategy in {"SingleRecord", SINGLE_RECORD},
            max_payload_mb=int(_first(request, container, "MaxPayloadInMB", MAX_PAYLOAD_MB.default)),
            max_concurrent=max(int(concurrent), 1),
            timeout_s=client.get("InvocationsTimeoutInSeconds", INVOCATION_TIMEOUT.default),
            max_retries=client.get("InvocationsMaxRetries", INVOCATION_RETRIES.default),
        )


def container_variables(request: Mapping[str, Any]) -> dict[str, str]:
    """Give the environment variables that tell a container how it will be asked.

    What the request leaves open is not told.
    """
    strategy = request.get("BatchStrategy")
    told = {
        "SAGEMAKER_BATCH": "true",
        "SAGEMAKER_MAX_PAYLOAD_IN_MB": request.get("MaxPayloadInMB"),
        "SAGEMAKER_BATCH_STRATEGY": None if strategy is None else _told(strategy),
        "SAGEMAKER_MAX_CONCURRENT_TRANSFORMS": request.get("MaxConcurrentTransforms") or None,
    }
    return {name: str(value) for name, value in told.items() if value is not None}


def _told(strategy: str) -> str:
    return SINGLE_RECORD if strategy == "SingleRecord" else MULTI_RECORD


def _first(request: Mapping[str, Any], container: Mapping[str, Any], name: str, default: Any) -> Any:
    """Zero concurrent transforms mean that nothing was said; a payload of zero means no limit."""
    given = request.get(name)
    if given is None or (name == "MaxConcurrentTransforms" and given == 0):
        given = container.get(name)
    return default if given is None else given
