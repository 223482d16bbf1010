"""Warms 300 stand-in models for real: how near the theoretical ceiling, how far from one after the other.

The function of lambda/warm_up works with its real event loop and threads;
a model loads in a fixed time, which is a wait, as a load in SageMaker is to the function. Both loops run in
one process, so the ratios hardly depend on the machine.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from benchmarks.benchmark import Benchmark, Outcome, Progress

LAMBDA: Final = Path(__file__).resolve().parents[1] / "lambda/warm_up"
MODELS: Final = 300
LOAD_SECONDS: Final = 0.05
CONCURRENCY: Final = 10
ENVIRONMENT: Final = {
    "ENDPOINT_NAME": "stand-in",
    "MODELS_BUCKET": "stand-in",
    "MODELS_PREFIX": "",
    "TIME_BUDGET_SECONDS": "600",
    "INVOCATIONS_PER_MINUTE": "",
    "MEMORY_BUDGET_MIB": "",
    "MODEL_MEMORY_MIB": "",
    "DEFAULT_SAMPLE": '{"body": ""}',
}


class StandIn:
    """Serves as both clients: S3 with the models, and an endpoint that loads each in a fixed time."""

    def get_paginator(self, _operation: str) -> StandIn:
        """List."""
        return self

    def paginate(self, **_: str) -> list[dict[str, Any]]:
        """Give one page with all models."""
        changed = datetime(2026, 1, 1, tzinfo=UTC)
        names = (f"m{number}.tar.gz" for number in range(MODELS))
        return [{"Contents": [{"Key": name, "Size": 1, "LastModified": changed} for name in names]}]

    def invoke_endpoint(self, **_: Any) -> None:
        """Load a model."""
        time.sleep(LOAD_SECONDS)


def seconds_of_a_run(concurrency: int) -> float:
    """Warm all models, so many at once."""
    settings = import_module("settings").Settings.of(ENVIRONMENT | {"CONCURRENCY": str(concurrency)})
    warm_up = import_module("warm_up").WarmUp(settings, StandIn(), StandIn())
    started = time.perf_counter()
    summary = warm_up(seconds_left=600)
    if len(summary.outcomes) != MODELS or any(each.why for each in summary.outcomes):
        raise RuntimeError(f"not all models were loaded: {summary.document()}")
    return time.perf_counter() - started


def measure(progress: Progress) -> Outcome:
    """Warm the models one after the other and together, and compare both with the ceiling."""
    if str(LAMBDA) not in sys.path:
        sys.path.insert(0, str(LAMBDA))
    ceiling = MODELS * LOAD_SECONDS / CONCURRENCY
    together = seconds_of_a_run(CONCURRENCY)
    progress(together / (together + MODELS * LOAD_SECONDS))
    one_by_one = seconds_of_a_run(1)
    values = {
        "models": MODELS,
        "load_seconds": LOAD_SECONDS,
        "concurrency": CONCURRENCY,
        "sequential_seconds": round(one_by_one, 3),
        "warm_up_seconds": round(together, 3),
        "ceiling_seconds": ceiling,
        "speed_up": round(one_by_one / together, 2),
        "share_of_ceiling": round(ceiling / together, 3),
    }
    seconds = (("one after the other", one_by_one), ("warm-up", together), ("ceiling", ceiling))
    rows = ((name, f"{each:.2f}", f"{one_by_one / each:.2f}") for name, each in seconds)
    return Outcome(values, (("loop", "seconds", "speed-up"), *rows))


BENCHMARK: Final = Benchmark(
    "warm_up", f"Warming {MODELS} models that take {LOAD_SECONDS} s each, {CONCURRENCY} at once", measure
)
