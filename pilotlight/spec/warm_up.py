"""Keeps the models of an endpoint in memory by asking each of them from time to time."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field

from pilotlight.catalog.warm_up import CONCURRENCY, TIME_BUDGET
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import Duration, PositiveDuration
from pilotlight.spec.refusing import refused
from pilotlight.spec.size import Size
from pilotlight.spec.within import Within

CAN_SLEEP: Final = "an endpoint that can sleep would be kept awake, and billed, by warming it"
"""Why `warm_up` is refused there."""


def _whole_minutes(value: timedelta) -> timedelta:
    if value % timedelta(minutes=1):
        raise refused("not whole minutes", allowed="as 30m, 1h or 1d", hint="EventBridge counts in minutes")
    return value


class WarmUpSample(Spec):
    """The request that is sent to a model without a sample of its own."""

    body: str
    """The request as text; it must be valid for every model that gets it."""

    content_type: Annotated[str, Field(min_length=1)] = "application/json"
    """What the body is."""

    accept: str | None = None
    """What the answer should be. Default: the container chooses."""


class WarmUpSpec(Spec):
    """Asks every model of the endpoint once in a while; what nobody asks for is unloaded or grows cold.

    No API chooses the instance that gets a request: of several instances each request warms one, and an
    instance that joins later starts cold.
    """

    every: Annotated[PositiveDuration, AfterValidator(_whole_minutes)] = timedelta(hours=1)
    """How often."""

    concurrency: Annotated[int, Within(CONCURRENCY)] = 8
    """How many models are asked at once."""

    time_budget: Annotated[Duration, Within(TIME_BUDGET)] = timedelta(minutes=10)
    """When nothing more is asked; the next run begins with the newest models again."""

    target_percent: Annotated[int, Field(ge=1, le=99)] = 50
    """The share that warming may take of what scaling aims at; so warming alone never adds an instance."""

    memory_budget: Size | None = None
    """What the models may take together on an instance; the rest is not asked, so that none is pushed out.

    A model declares what it takes in the metadata of its artefact; without, the artefact's size counts.
    Default: every model is asked.
    """

    sample: WarmUpSample | None = None
    """Sent to models without a sample of their own. Default: only models with one are asked."""


def refuse_without_sample(value: WarmUpSpec) -> WarmUpSpec:
    """Raise when an endpoint with a single model has nothing to send to it."""
    if value.sample is None:
        allowed = "a request that the model takes"
        raise refused("required key is missing", got="nothing", allowed=allowed, at=("sample",))
    return value


def warm_up_bounds(warm_up: WarmUpSpec, scaling: Any) -> tuple[float | None, int]:
    """Give how many invocations warming may start in a minute, and how many may run at once.

    Both are held below what the fewest instances are meant to carry, so that scaling has no reason to add
    one; scaling on anything but requests gives no bound.

    Args:
        warm_up: the terms.
        scaling: of the endpoint; None when nothing scales it.
    """
    track, share = getattr(scaling, "track", None), warm_up.target_percent / 100
    if track == "invocations":
        return scaling.target_per_instance * scaling.lowest * share, warm_up.concurrency
    if track == "concurrency":
        at_once = int(scaling.target_per_instance * scaling.lowest * share)
        return None, max(1, min(warm_up.concurrency, at_once))
    return None, warm_up.concurrency
