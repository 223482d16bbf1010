"""The work of a run, apart from AWS: every model is asked once, a few at a time, until the time is up.

One model cannot hurt another: whatever its invocation raises is its own outcome. A model that SageMaker is
still loading is asked again, and keeps its place among the concurrent ones meanwhile, so that no more models
load at once than were meant to. An endpoint whose memory is full ends the run: going on would only push out
what is loaded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

from pace import Pace
from plan import Job
from target import Outcome, State

NO_TIME = "time budget"
FULL = "memory full"
STILL_LOADING = "still loading"


class StillLoadingError(RuntimeError):
    """SageMaker goes on loading the model after it has given the caller up."""


class MemoryFullError(RuntimeError):
    """The instance cannot hold the model beside those that are in use."""


class NoAnswerError(RuntimeError):
    """The model did not answer; says why in few words, and never what was sent or answered."""


Ping = Callable[[Job], Awaitable[None]]
"""Invokes one model; raises when it does not answer."""


@dataclass
class Run:
    """The terms of a run; `until` is a time of the event loop after which nothing starts."""

    ping: Ping
    concurrency: int
    pace: Pace
    until: float
    ask_again_after: float = 20.0
    give_up_after: float = 360.0
    """SageMaker gives a download and load up after as long (SageMaker Developer Guide, Invoke a Multi-Model
    Endpoint)."""
    _full: bool = field(default=False, init=False)

    async def warm(self, jobs: Iterable[Job]) -> list[Outcome]:
        """Ask all models and say what became of each, in no particular order. Never raises for a model."""
        waiting, outcomes = iter(tuple(jobs)), list[Outcome]()

        async def worker() -> None:
            for job in waiting:  # shared: each worker takes the next one
                outcomes.append(await self._outcome(job))

        await asyncio.gather(*(worker() for _ in range(self.concurrency)))
        return outcomes

    async def _outcome(self, job: Job) -> Outcome:
        started: float | None = None
        while True:
            why = self._obstacle(started)
            if why is not None:
                state = State.SKIPPED if started is None else State.FAILED
                return Outcome(job.target, state, why if started is None else STILL_LOADING)
            await self.pace.turn()
            started = _now() if started is None else started
            try:
                await self.ping(job)
            except StillLoadingError:
                await asyncio.sleep(self.ask_again_after)
            except MemoryFullError:
                self._full = True
                return Outcome(job.target, State.FAILED, FULL)
            except Exception as error:  # noqa: BLE001 - of whatever kind: the other models go on
                return Outcome(job.target, State.FAILED, _why(error))
            else:
                return Outcome(job.target, State.LOADED)

    def _obstacle(self, started: float | None) -> str | None:
        now = _now()
        if self._full and started is None:
            return FULL
        given_up = started is not None and now >= started + self.give_up_after
        return NO_TIME if given_up or self.pace.next_turn(now) >= self.until else None


def _why(error: Exception) -> str:
    """Our own words, or the kind of an error of others: its words may repeat what was sent."""
    return str(error) if isinstance(error, NoAnswerError) else type(error).__name__


def _now() -> float:
    return asyncio.get_running_loop().time()
