"""Marks how well a fact is known, so that documents and reports can say so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Evidence(StrEnum):
    """Ranks where a fact comes from."""

    DOCUMENTED = "documented"
    """An AWS text or an AWS service model says so."""

    FIELD = "field"
    """Somebody measured it and published the measurement."""

    ASSUMED = "assumed"
    """Nobody published it: the text of the source gives the reason for our choice."""

    CONFIRMED = "confirmed"
    """Our own conformance run saw it on a real account."""


@dataclass(frozen=True, slots=True)
class Source:
    """Says where a fact comes from: the document's name, or the reason of an assumption."""

    evidence: Evidence
    text: str

    def __str__(self) -> str:
        return f"{self.evidence}: {self.text}"


def documented(text: str) -> Source:
    """Mark a fact that an AWS text or service model states; `text` names the document."""
    return Source(Evidence.DOCUMENTED, text)


def field(text: str) -> Source:
    """Mark a fact that somebody measured; `text` names the publication."""
    return Source(Evidence.FIELD, text)


def assumed(text: str) -> Source:
    """Mark a fact that nobody published; `text` gives the reason for the choice."""
    return Source(Evidence.ASSUMED, text)


def confirmed(text: str) -> Source:
    """Mark a fact that our conformance run saw; `text` names the run."""
    return Source(Evidence.CONFIRMED, text)
