"""The pages in which Application Auto Scaling answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilotlight.catalog.scaling import SERVICE_NAMESPACE

_DEFAULT_PAGE = 50
"""`MaxResults` when it is not given (botocore 1.43.106, DescribeScalableTargets)."""


def page(found: Sequence[dict[str, Any]], request: dict[str, Any], key: str) -> dict[str, Any]:
    """One page of `found`, and the token of the next one. Nothing is found outside SageMaker."""
    if request["ServiceNamespace"] != SERVICE_NAMESPACE:
        return {key: []}
    dimension = request.get("ScalableDimension")
    found = [each for each in found if dimension in {None, each["ScalableDimension"]}]
    start = int(request.get("NextToken", "0"))
    end = start + request.get("MaxResults", _DEFAULT_PAGE)
    return {key: found[start:end], "NextToken": str(end) if end < len(found) else None}
