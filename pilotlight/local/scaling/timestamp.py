"""The moments in requests: APIs send numbers, CloudFormation sends text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from botocore.utils import parse_timestamp

from pilotlight.local.emulator.api_error import ValidationError


def moment_of(request: dict[str, Any], member: str) -> datetime | None:
    """The moment that a member says, in UTC; None when it is not given. Raises ValidationError."""
    if member not in request:
        return None
    try:
        moment: datetime = parse_timestamp(request[member])
    except ValueError as error:
        msg = f"{member} must be a moment as 2027-01-02T03:04:05Z, got {request[member]}"
        raise ValidationError(msg) from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
