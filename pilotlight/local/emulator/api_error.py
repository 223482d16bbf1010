"""An error as an AWS service answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """A refusal of an API call: `code` is AWS's exception name, `status` the HTTP status.

    members: what the exception has beside its message. Default: nothing.
    """

    def __init__(
        self, code: str, message: str, status: int = 400, members: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.members = {} if members is None else members


class ValidationError(ApiError):
    """The input is not valid, or names something that does not exist."""

    def __init__(self, message: str) -> None:
        super().__init__("ValidationException", message)
