"""An asynchronous request as the queue sees it, and how it may end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pilotlight.catalog.limits import ASYNC_INVOCATION_TIMEOUT, ASYNC_REQUEST_TTL, Limit
from pilotlight.hosting.micros import SECOND, Micros

RequestId: TypeAlias = str


class Outcome(StrEnum):
    """How a request ended."""

    COMPLETED = "Completed"
    FAILED = "Failed"
    EXPIRED = "Expired"


def _default(limit: Limit) -> Micros:
    if limit.default is None:
        raise LookupError(f"default of {limit.name}, got none, allowed a number of seconds")
    return limit.default * SECOND


_TTL: Micros = _default(ASYNC_REQUEST_TTL)
_TIMEOUT: Micros = _default(ASYNC_INVOCATION_TIMEOUT)


@dataclass(frozen=True, slots=True)
class AsyncRequest:
    """A request. id: unique among those that have not ended.

    ttl: longest age in the queue (RequestTTLSeconds). Default: 6 hours.
    timeout: longest processing (InvocationTimeoutSeconds). Default: 15 minutes.
    """

    id: RequestId
    ttl: Micros = _TTL
    timeout: Micros = _TIMEOUT
