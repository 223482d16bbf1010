"""One run: find the models, choose what fits, ask each with its sample, tell what became of them."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from endpoint import Endpoint
from models import Models
from pace import Pace
from plan import Job, in_order, planned
from sample import MalformedSampleError, Sample
from settings import Settings
from summary import Summary
from target import Outcome, State, Target
from warming import NoAnswerError, Run

UNREADABLE = "cannot be read in S3"


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

            async def ping(job: Job) -> None:
                await loop.run_in_executor(threads, self._ask, job)

            run = Run(ping, self.settings.concurrency, Pace(self.settings.per_minute), started + budget)
            outcomes = await run.warm(plan.jobs)
        return Summary((*outcomes, *plan.skipped, *unread), loop.time() - started)

    async def _jobs(self, threads: ThreadPoolExecutor) -> tuple[list[Job], list[Outcome]]:
        """All models that may be asked, and those of which nobody knows what they take."""
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
        sample = None if target.has_sample else self.settings.default
        try:
            return Job(target, sample, self._memory(target))
        except (BotoCoreError, ClientError):
            return Outcome(target, State.FAILED, UNREADABLE)

    def _ask(self, job: Job) -> None:
        sample = self._sample(job.target) if job.sample is None else job.sample
        Endpoint(self.runtime, self.settings.endpoint).ask(job.target, sample)

    def _sample(self, target: Target) -> Sample:
        try:
            return self._models().sample(target)
        except MalformedSampleError as error:
            raise NoAnswerError(str(error)) from error
        except (BotoCoreError, ClientError) as error:
            raise NoAnswerError(UNREADABLE) from error

    def _memory(self, target: Target) -> float | None:
        if self.settings.memory_budget_mib is None or target.name is None:
            return None
        declared = self._models().memory_mib(target)
        return self.settings.model_memory_mib if declared is None else declared

    def _models(self) -> Models:
        return Models(self.s3, self.settings.bucket, self.settings.prefix)
