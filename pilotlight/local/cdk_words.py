"""Picks out of all that a failed run of the CDK CLI printed what its user has to know."""

from __future__ import annotations

from collections.abc import Sequence

_APP_ENDED = "Subprocess exited with error"
_STACK_FAILED = "❌"
_TRACEBACK = "Traceback (most recent call last):"
_MEANT_FOR_AWS = "CloudTrail delivery can lag"
_LAST_LINES = 20


def words_of_app(output: str) -> str | None:
    """What the app said before it ended with an error; None when it was not the app that failed.

    A traceback becomes its last line: what went wrong, without where.
    """
    lines = output.strip().splitlines()
    said = [line for line in lines if _APP_ENDED not in line]
    if len(said) == len(lines):
        return None
    tracebacks = [number for number, line in enumerate(said) if line.startswith(_TRACEBACK)]
    return "\n".join(said if not tracebacks else _error(said[tracebacks[-1] + 1 :]))


def words_of_stacks(output: str) -> str:
    """The stacks that failed, with the reason; the last lines when the CDK names no stack."""
    lines = [line for line in output.strip().splitlines() if _MEANT_FOR_AWS not in line]
    failed = [number for number, line in enumerate(lines) if line.startswith(_STACK_FAILED)]
    return "\n".join(lines[failed[0] :] if failed else lines[-_LAST_LINES:]).strip()


def _error(lines: Sequence[str]) -> Sequence[str]:
    """The lines after those of the stack, which are indented."""
    frames = next((number for number, line in enumerate(lines) if not line.startswith(" ")), 0)
    return lines[frames:]
