"""Warms 300 stand-in models for real: how near the theoretical ceiling, how far from one after the other.

Run: python benchmarks/warm_up.py. The function of lambda/warm_up works with its real event loop and threads;
a model loads in a fixed time, which is a wait, as a load in SageMaker is to the function. Both loops run in
one process, so the ratios hardly depend on the machine.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final

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


def measured() -> dict[str, float]:
    """Give the seconds of both loops and of the ceiling, and the ratios between them."""
    ceiling = MODELS * LOAD_SECONDS / CONCURRENCY
    together, one_by_one = seconds_of_a_run(CONCURRENCY), seconds_of_a_run(1)
    return {
        "sequential_seconds": round(one_by_one, 3),
        "warm_up_seconds": round(together, 3),
        "ceiling_seconds": ceiling,
        "speed_up": round(one_by_one / together, 2),
        "share_of_ceiling": round(ceiling / together, 3),
    }


def main() -> None:
    """Print the result as JSON."""
    sys.path.insert(0, str(LAMBDA))
    terms = {"models": MODELS, "load_seconds": LOAD_SECONDS, "concurrency": CONCURRENCY}
    sys.stdout.write(json.dumps({"warm_up": {**terms, **measured()}}, indent=2) + "\n")


if __name__ == "__main__":
    main()
