"""What a scalable target names: a production variant or an inference component, and what of it is counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilotlight.catalog.scaling import (
    CONCURRENCY_DIMENSION,
    COPY_DIMENSION,
    SCALABLE_DIMENSION,
    SERVICE_NAMESPACE,
)
from pilotlight.local.emulator.api_error import ValidationError

_VARIANT = re.compile(r"endpoint/(?P<EndpointName>[^/]+)/variant/(?P<VariantName>[^/]+)")
_COMPONENT = re.compile(r"inference-component/(?P<InferenceComponentName>[^/]+)")

_KINDS: Mapping[str, tuple[re.Pattern[str], str]] = {
    SCALABLE_DIMENSION: (_VARIANT, "instance count"),
    CONCURRENCY_DIMENSION: (_VARIANT, "provisioned concurrency"),
    COPY_DIMENSION: (_COMPONENT, "copy count"),
}


@dataclass(frozen=True, slots=True)
class ScaledResource:
    """One thing whose capacity can be changed.

    names: what it is called, by the names of metric dimensions. counted: what scaling changes, in words.
    """

    id: str
    dimension: str
    names: Mapping[str, str]
    counted: str

    @classmethod
    def parse(cls, request: Mapping[str, Any]) -> ScaledResource:
        """What a request names. Raises ValidationError for what SageMaker does not scale."""
        dimension, resource = request["ScalableDimension"], request["ResourceId"]
        pattern, counted = _KINDS.get(dimension, (None, ""))
        found = None if pattern is None else pattern.fullmatch(resource)
        if found is None or request["ServiceNamespace"] != SERVICE_NAMESPACE:
            msg = (
                "Unsupported service namespace, resource type or scalable dimension: got"
                f" {request['ServiceNamespace']}, {resource}, {dimension};"
                f" the embedded AWS scales endpoint/<name>/variant/<name> by {SCALABLE_DIMENSION} or"
                f" {CONCURRENCY_DIMENSION}, and inference-component/<name> by {COPY_DIMENSION}"
            )
            raise ValidationError(msg)
        return cls(resource, dimension, found.groupdict(), counted)

    @property
    def endpoint(self) -> str | None:
        """The endpoint of a variant; None for a component, whose id does not tell."""
        return self.names.get("EndpointName")
