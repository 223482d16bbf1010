"""Tries again what may go well the next time, so that a request does not end because a service was busy."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from botocore.exceptions import ClientError, HTTPClientError, IncompleteReadError
from botocore.exceptions import ConnectionError as NoConnectionError

T = TypeVar("T")

PAUSES_S = (0.05, 0.2, 0.8, 1.6)
"""Seconds on the wall before each further attempt."""

_THROTTLED = frozenset({"Throttling", "ThrottlingException", "SlowDown", "RequestTimeout"})
_SERVER_ERROR = 500

logger = logging.getLogger(__name__)


def is_transient(error: Exception) -> bool:
    """Whether the same call may succeed later: no connection, a server's error, too many calls."""
    if isinstance(error, NoConnectionError | HTTPClientError | IncompleteReadError):
        return True
    if not isinstance(error, ClientError):
        return False
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return status >= _SERVER_ERROR or error.response["Error"]["Code"] in _THROTTLED


def retried(call: Callable[[], T], pause: Callable[[float], None] = time.sleep) -> T:
    """The result of `call`, tried up to five times. Raises the last error; at once if it is not transient."""
    for pause_s in PAUSES_S:
        try:
            return call()
        except Exception as error:
            if not is_transient(error):
                raise
            logger.warning("trying again in %s s: %s", pause_s, error)
            pause(pause_s)
    return call()
