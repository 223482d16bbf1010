"""What the constructs cost when they are synthesized, beside the same resources as raw L1s.

Both apps are built in one process without validation, in turn, and the ratio is taken turn by turn: a slow
moment of the machine hits both sides. It is a process of its own, because whether the CDK validates is known
when its Node starts. It ends after two turns: Node keeps every app, and an app has a Node for itself. Without
cdk-nag nothing is acknowledged on either side.
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
PROCESSES: Final = 6
TURNS_OF_A_PROCESS: Final = 2
TURNS: Final = PROCESSES * TURNS_OF_A_PROCESS
CHECKOUT: Final = Path(__file__).resolve().parents[1]


def measure(progress: Progress) -> Outcome:
    """Synthesize both apps a few times and compare."""
    turns = []
    for turn in _turns():
        turns.append(turn)
        progress(len(turns) / TURNS)
    seconds = {side: statistics.median(turn[side] for turn in turns) for side in turns[0]}
    ratios = [turn["constructs"] / turn["raw"] for turn in turns]
    ratio = statistics.median(ratios)
    values: dict[str, Value] = {
        "endpoints": ENDPOINTS,
        "turns": TURNS,
        **{f"{side}_seconds": round(each, 3) for side, each in seconds.items()},
        "ratio": round(ratio, 3),
        "ratios": [round(each, 3) for each in ratios],
    }
    raw, constructs = (f"{seconds[side]:.2f}" for side in ("raw", "constructs"))
    heading = ("app", "seconds, median of the turns", "ratio, median of the turns")
    return Outcome(values, (heading, ("raw L1s", raw, "1"), ("constructs", constructs, f"{ratio:.2f}")))


def _turns() -> Iterator[dict[str, float]]:
    for _ in range(PROCESSES):
        yield from _turns_of_a_process()


def _turns_of_a_process() -> Iterator[dict[str, float]]:
    command = [sys.executable, "-m", "benchmarks.endpoint_apps", str(ENDPOINTS), str(TURNS_OF_A_PROCESS)]
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
