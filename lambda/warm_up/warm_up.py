"""One run: find the models, read their samples, choose what fits, ask each, tell what became of them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError
from endpoint import Endpoint
from models import Models
from pace import Pace
from plan import Job, in_order, planned
from sample import MalformedSampleError
from settings import Settings
from target import Outcome, State, Target
from warming import Run

SHOWN = 20
"""Models that a summary names of each kind; the counts are complete."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of all models in one run."""

    outcomes: Sequence[Outcome]
    seconds: float

    def count(self, state: State) -> int:
        """How many models ended so."""
        return sum(outcome.state is state for outcome in self.outcomes)

    def document(self) -> dict[str, Any]:
        """The summary as JSON: counts, reasons with their counts, and some of the models behind them."""
        counts = {state.value: self.count(state) for state in State}
        reasons = {state.value: self._reasons(state) for state in (State.FAILED, State.SKIPPED)}
        return {**counts, "seconds": round(self.seconds, 3), "why": reasons, "models": self._shown()}

    def _reasons(self, state: State) -> dict[str, int]:
        return dict(Counter(outcome.why for outcome in self.outcomes if outcome.state is state))

    def _shown(self) -> dict[str, list[str]]:
        names = {
            state: sorted(each.target.label for each in self.outcomes if each.state is state)
            for state in (State.FAILED, State.SKIPPED)
        }
        return {state.value: found[:SHOWN] for state, found in names.items()}


@dataclass(frozen=True, slots=True)
class WarmUp:
    """Warms the models of one endpoint; the two clients are its only way to the outside world."""

    settings: Settings
    s3: Any
    runtime: Any

    def __call__(self, *, seconds_left: float) -> Summary:
        """Run once, and end before `seconds_left` but for the invocations that are under way."""
        return asyncio.run(self._run(min(self.settings.time_budget, seconds_left)))

    async def _run(self, budget: float) -> Summary:
        loop = asyncio.get_running_loop()
        started = loop.time()
        with ThreadPoolExecutor(self.settings.concurrency) as threads:
            jobs, unread = await self._jobs(threads)
            plan = planned(jobs, memory_budget_mib=self.settings.memory_budget_mib)
            endpoint = Endpoint(self.runtime, self.settings.endpoint)

            async def ping(job: Job) -> None:
                await loop.run_in_executor(threads, endpoint.ask, job)

            run = Run(ping, self.settings.concurrency, Pace(self.settings.per_minute), started + budget)
            outcomes = await run.warm(plan.jobs)
        return Summary((*outcomes, *plan.skipped, *unread), loop.time() - started)

    async def _jobs(self, threads: ThreadPoolExecutor) -> tuple[list[Job], list[Outcome]]:
        """All models with their requests, and those whose sample cannot be used."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(threads, self._targets)
        read = (loop.run_in_executor(threads, self._job, target) for target in found)
        jobs = await asyncio.gather(*read)
        return [job for job in jobs if isinstance(job, Job)], [
            job for job in jobs if isinstance(job, Outcome)
        ]

    def _targets(self) -> list[Target]:
        if not self.settings.bucket:
            return [Target(None)]
        return in_order(self._models().targets())

    def _job(self, target: Target) -> Job | Outcome:
        try:
            sample = self._models().sample(target) if target.has_sample else self.settings.default
            return Job(target, sample, self._memory(target))
        except (MalformedSampleError, ClientError) as error:
            why = str(error) if isinstance(error, MalformedSampleError) else "cannot be read in S3"
            return Outcome(target, State.FAILED, why)

    def _memory(self, target: Target) -> float | None:
        if self.settings.memory_budget_mib is None or target.name is None:
            return None
        declared = self._models().memory_mib(target)
        return self.settings.model_memory_mib if declared is None else declared

    def _models(self) -> Models:
        return Models(self.s3, self.settings.bucket, self.settings.prefix)
