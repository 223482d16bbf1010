"""Chooses the models of a run: those that fit into the memory of an instance together. Pure.

Newest artefacts come first: what was just published is what nobody has asked for yet. The order is the same
in every run, so each run asks the same models and none pushes another one out of memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sample import Sample
from target import Outcome, State, Target

MIB = 2**20

NO_SAMPLE = "no sample"
NO_ROOM = "memory budget"


@dataclass(frozen=True, slots=True)
class Job:
    """What is known of a model before it is asked.

    Attributes:
        target: the model.
        sample: what it is sent; None for the one that lies beside it, which is read when its turn comes: all
            of them together may not fit into the memory of a function.
        memory_mib: what it takes once loaded, where somebody declared it.
    """

    target: Target
    sample: Sample | None
    memory_mib: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does, in this order, and what it leaves out."""

    jobs: tuple[Job, ...]
    skipped: tuple[Outcome, ...]


def in_order(targets: Iterable[Target]) -> list[Target]:
    """Newest first, and by name among those of the same second."""
    return sorted(targets, key=lambda target: (-target.changed, target.label))


def planned(jobs: Sequence[Job], *, memory_budget_mib: float | None) -> Plan:
    """Take jobs in their order while they fit; one that does not fit leaves its room to smaller ones.

    A model whose memory nobody declared counts with the size of its artefact, which is the least it takes.
    Without a budget everything fits.
    """
    taken: list[Job] = []
    skipped: list[Outcome] = []
    left = float("inf") if memory_budget_mib is None else memory_budget_mib
    for job in jobs:
        needed = memory_of(job)
        if job.sample is not None and job.sample.body is None:
            skipped.append(Outcome(job.target, State.SKIPPED, NO_SAMPLE))
        elif needed > left:
            skipped.append(Outcome(job.target, State.SKIPPED, NO_ROOM))
        else:
            left -= needed
            taken.append(job)
    return Plan(tuple(taken), tuple(skipped))


def memory_of(job: Job) -> float:
    """The MiB that a model takes once loaded."""
    return job.target.archive_bytes / MIB if job.memory_mib is None else job.memory_mib
