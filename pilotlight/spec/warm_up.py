"""Keeps the models of an endpoint in memory by asking each of them from time to time."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field, field_validator

from pilotlight.catalog.hosting_options import why_not
from pilotlight.catalog.model_memory import model_memory_mib
from pilotlight.catalog.warm_up import CONCURRENCY, DEFAULT_SAMPLE, TIME_BUDGET
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import Duration, PositiveDuration, whole_minutes
from pilotlight.spec.memory import Memory
from pilotlight.spec.refusing import refused
from pilotlight.spec.within import Within

CAN_SLEEP: Final = why_not("async", "warm_up")
"""Why `warm_up` is refused there."""

NOTHING_STAYS: Final = "no model stays in memory after its answer"
"""Why `warm_up` is refused where the cache of the models is switched off."""


class WarmUpSample(Spec):
    """The request that is sent to a model without a sample of its own."""

    body: str
    """The request as text; it must be valid for every model that gets it."""

    content_type: Annotated[str, Field(min_length=1)] = "application/json"
    """What the body is."""

    accept: str | None = None
    """What the answer should be. Default: the container chooses."""

    @field_validator("body")
    @classmethod
    def _in_the_environment(cls, value: str) -> str:
        size = len(json.dumps(value))
        if not DEFAULT_SAMPLE.allows(size):
            hint = "publish it beside the artefact, or send the model something shorter"
            raise refused("too long", got=f"{size} bytes as JSON", allowed=str(DEFAULT_SAMPLE), hint=hint)
        return value


class WarmUpSpec(Spec):
    """Asks every model of the endpoint once in a while; what nobody asks for is unloaded or grows cold.

    No API chooses the instance that gets a request: of several instances each request warms one, and an
    instance that joins later starts cold.
    """

    every: Annotated[PositiveDuration, AfterValidator(whole_minutes)] = timedelta(hours=1)
    """How often."""

    concurrency: Annotated[int, Within(CONCURRENCY)] = 8
    """How many models are asked at once."""

    time_budget: Annotated[Duration, Within(TIME_BUDGET)] = timedelta(minutes=10)
    """When nothing more is asked; the next run begins with the newest models again."""

    target_percent: Annotated[int, Field(ge=1, le=99)] = 50
    """The share that warming may take of what scaling aims at; so warming alone never adds an instance."""

    memory_budget: Memory | None = None
    """What the models may take together on an instance; the rest is not asked, so that none is pushed out.

    Default: all that the instance has for models, or what its gpu_memory_percent leaves of that.
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


def warm_up_memory(warm_up: WarmUpSpec, endpoint: Any) -> int | None:
    """Give the whole MiB that warmed models may take together on one instance; None when nobody knows.

    A model counts with what its artefact declares, or else the endpoint's `model_memory`, or else the size
    of its artefact. Held below `gpu_memory_percent`, warming alone adds no instance for memory either.
    """
    if warm_up.memory_budget is not None:
        return warm_up.memory_budget
    there_is = model_memory_mib(endpoint.instance_type)
    percent = getattr(endpoint, "gpu_memory_percent", None)
    return there_is if there_is is None or percent is None else int(there_is * percent / 100)
