"""The filters, order and pages that all `List*` operations of SageMaker share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_DEFAULT_PAGE = 10
"""`MaxResults` when it is not given (botocore 1.43.106, ListEndpoints)."""


def listed(
    summaries: Iterable[Mapping[str, Any]],
    request: Mapping[str, Any],
    *,
    key: str,
    name: str,
    status: str = "",
) -> dict[str, Any]:
    """One page of a listing: `key` is the member of the answer, `name` and `status` those of a summary."""
    found = [each for each in summaries if _wanted(each, request, name, status)]
    order = {"Name": name, "Status": status}.get(request.get("SortBy", "CreationTime"), "CreationTime")
    found.sort(
        key=lambda each: (each[order], each[name]),
        reverse=request.get("SortOrder", "Descending") == "Descending",
    )
    start = int(request.get("NextToken", "0"))
    end = start + request.get("MaxResults", _DEFAULT_PAGE)
    return {key: found[start:end], "NextToken": str(end) if end < len(found) else None}


def _wanted(summary: Mapping[str, Any], request: Mapping[str, Any], name: str, status: str) -> bool:
    return request.get("NameContains", "").lower() in summary[name].lower() and (
        "StatusEquals" not in request or request["StatusEquals"] == summary[status]
    )
