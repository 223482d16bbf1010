"""The pages in which Application Auto Scaling answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilotlight.catalog.scaling import SCALABLE_DIMENSION, SERVICE_NAMESPACE

_DEFAULT_PAGE = 50
"""`MaxResults` when it is not given (botocore 1.43.106, DescribeScalableTargets)."""


def page(found: Sequence[dict[str, Any]], request: dict[str, Any], key: str) -> dict[str, Any]:
    """One page of `found`, and the token of the next one. Nothing is found outside SageMaker's variants."""
    named = (request["ServiceNamespace"], request.get("ScalableDimension", SCALABLE_DIMENSION))
    if named != (SERVICE_NAMESPACE, SCALABLE_DIMENSION):
        return {key: []}
    start = int(request.get("NextToken", "0"))
    end = start + request.get("MaxResults", _DEFAULT_PAGE)
    return {key: list(found[start:end]), "NextToken": str(end) if end < len(found) else None}
