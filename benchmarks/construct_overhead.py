"""What the constructs cost when they are synthesized, beside the same resources as raw L1s.

Both apps are built in one process without validation, in turn, and the ratio is taken turn by turn: a slow
moment of the machine hits both sides. The process is one of its own, because whether the CDK validates is
decided when its Node starts.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.benchmark import Benchmark, Outcome, Progress, Value

ENDPOINTS: Final = 100
TURNS: Final = 6
CHECKOUT: Final = Path(__file__).resolve().parents[1]


def measure(progress: Progress) -> Outcome:
    """Synthesize both apps a few times and compare."""
    turns = []
    for turn in _turns():
        turns.append(turn)
        progress(len(turns) / TURNS)
    ratios = [turn["constructs"] / turn["raw"] for turn in turns]
    raw, constructs = (statistics.median(turn[side] for turn in turns) for side in ("raw", "constructs"))
    ratio = statistics.median(ratios)
    values: dict[str, Value] = {
        "endpoints": ENDPOINTS,
        "turns": TURNS,
        "raw_seconds": round(raw, 3),
        "constructs_seconds": round(constructs, 3),
        "ratio": round(ratio, 3),
        "ratios": [round(each, 3) for each in ratios],
    }
    heading = ("app", "seconds, median of the turns", "ratio, median of the turns")
    return Outcome(
        values,
        (heading, ("raw L1s", f"{raw:.2f}", "1"), ("constructs", f"{constructs:.2f}", f"{ratio:.2f}")),
    )


def _turns() -> Iterator[dict[str, float]]:
    command = [sys.executable, "-m", "benchmarks.endpoint_apps", str(ENDPOINTS), str(TURNS)]
    environment = {**os.environ, "CDK_VALIDATION": "false"}
    with subprocess.Popen(  # noqa: S603 # our own module
        command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        if process.stdout is not None:
            yield from (json.loads(line) for line in process.stdout)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")


BENCHMARK: Final = Benchmark(
    "construct_overhead",
    f"{ENDPOINTS} real-time endpoints through the constructs, and the same resources as raw L1s",
    measure,
)
