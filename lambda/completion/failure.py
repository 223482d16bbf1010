"""Says in a log line why a message failed without repeating what was in it: AWS echoes rejected values."""

from __future__ import annotations

import traceback
from pathlib import Path

from announcement import EventRefusedError
from botocore.exceptions import ClientError
from notification import MalformedMessageError


def why(error: BaseException) -> str:
    """The reason of a failure: our own words, AWS's error code, or the type and place of anything else."""
    if isinstance(error, MalformedMessageError | EventRefusedError):
        return str(error)
    for cause in (error, error.__cause__):
        if isinstance(cause, ClientError):
            return f"{cause.response['Error']['Code']} from {cause.operation_name}"
    return f"{type(error).__name__}{_place(error)}"


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
