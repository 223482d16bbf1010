"""An error as an AWS service answers it."""

from __future__ import annotations


class ApiError(Exception):
    """A refusal of an API call: `code` is AWS's exception name, `status` the HTTP status."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


class ValidationError(ApiError):
    """The input is not valid, or names something that does not exist."""

    def __init__(self, message: str) -> None:
        super().__init__("ValidationException", message)
