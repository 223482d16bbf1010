"""JSONPath as batch transform takes it: the documented subset, read into steps.

Source: SageMaker Developer Guide, Associate Prediction Results with Input Records, Supported JSONPath
operators; lists that mix indexes and slices as `$[0,5:]`: botocore 1.43.106, OutputFilter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import AfterValidator

from pilotlight.catalog.batch_transform import JSON_PATH
from pilotlight.spec.refusing import refused
from pilotlight.spec.states_text import refuse_expression

WHOLE: Final = "$"
"""The path of everything."""

_ALLOWED: Final = "$, $.name, $['a','b'], $[0], $[0,2], $[1:], $[0,5:] or $.*"
_NAME: Final = r"'[^'\\]+'"
_RANGE: Final = r"-?\d+|-?\d*:-?\d*"
_STEPS: Final = re.compile(
    rf"\.?\[(?P<names>{_NAME}(?:,{_NAME})*)\]"
    rf"|\.?\[(?P<indexes>(?:{_RANGE})(?:,(?:{_RANGE}))*)\]"
    r"|(?P<wildcard>\.\*|\.?\[\*\])"
    r"|\.(?P<name>[^.\[\]'*,:\s]+)"
)


@dataclass(frozen=True, slots=True)
class Names:
    """Attributes of an object."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """Elements of a list, from one index up to another; None is the end of the list."""

    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Indexes:
    """Elements of a list, each by its index or with its neighbours; below zero counts from the end."""

    indexes: tuple[int | Range, ...]


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Everything that an object or a list holds."""


Step = Names | Indexes | Wildcard


def json_path_steps(path: str) -> tuple[Step, ...]:
    """Read a path. Raises a refusal when it is none of those that SageMaker supports."""
    if not path.startswith(WHOLE) or not JSON_PATH.allows(len(path)):
        raise refused("not a JSONPath", allowed=f"{_ALLOWED}, {JSON_PATH}")
    return tuple(_steps(path))


def _steps(path: str) -> Iterator[Step]:
    at = len(WHOLE)
    while at < len(path):
        match = _STEPS.match(path, at)
        if match is None:
            raise refused("not a JSONPath that SageMaker supports", allowed=_ALLOWED)
        yield _step(match)
        at = match.end()


def _step(match: re.Match[str]) -> Step:
    if (names := match["names"]) is not None:
        return Names(tuple(re.findall(r"'([^']+)'", names)))
    if (indexes := match["indexes"]) is not None:
        return Indexes(tuple(_index(text) for text in indexes.split(",")))
    return Wildcard() if match["wildcard"] is not None else Names((match["name"],))


def _index(text: str) -> int | Range:
    start, colon, end = text.partition(":")
    return Range(int(start) if start else None, int(end) if end else None) if colon else int(text)


def _checked(path: str) -> str:
    refuse_expression(path)
    json_path_steps(path)
    return path


JsonPath = Annotated[str, AfterValidator(_checked)]
"""As `$.features`, `$['id','SageMakerOutput']` or, for rows of CSV, `$[1:]`."""
