"""One model that warming may call, and how that ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Target:
    """A model of the endpoint.

    Attributes:
        name: what `TargetModel` says; None for the one model of an endpoint that has only one.
        archive_bytes: size of its artefact in S3.
        changed: epoch seconds of its artefact.
        has_sample: whether a sample of its own lies beside it.
    """

    name: str | None
    archive_bytes: int = 0
    changed: float = 0.0
    has_sample: bool = False

    @property
    def label(self) -> str:
        """How the log and the summary call it."""
        return "the model" if self.name is None else self.name


class State(StrEnum):
    """What became of a model in one run."""

    LOADED = "loaded"
    """It answered, so it is in the memory of the instance that was asked."""
    FAILED = "failed"
    """It was asked and did not answer."""
    SKIPPED = "skipped"
    """It was not asked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one model; `why` is one of few words, so that outcomes can be counted by it."""

    target: Target
    state: State
    why: str = ""
