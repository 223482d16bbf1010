"""What the constructs cost when they are synthesized, beside the same resources as raw L1s.

The apps are built in one process without validation, in turn, and the ratio is taken turn by turn: a slow
moment of the machine hits all sides. It is a process of its own, because whether the CDK validates is decided
when its Node starts. It ends after two turns: Node keeps every app, and an app has a Node for itself. The raw
resources pass cdk-nag as ours do, with the same acknowledgements; what they take without is shown beside it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.benchmark import Benchmark, Outcome, Progress, Value

ENDPOINTS: Final = 100
PROCESSES: Final = 6
TURNS_OF_A_PROCESS: Final = 2
TURNS: Final = PROCESSES * TURNS_OF_A_PROCESS
CHECKOUT: Final = Path(__file__).resolve().parents[1]


def measure(progress: Progress) -> Outcome:
    """Synthesize the apps a few times and compare."""
    turns = []
    for turn in _turns():
        turns.append(turn)
        progress(len(turns) / TURNS)
    seconds = {side: statistics.median(turn[side] for turn in turns) for side in turns[0]}
    ratios = [turn["constructs"] / turn["raw"] for turn in turns]
    ratio, to_less = (_ratio(turns, side) for side in ("raw", "unacknowledged"))
    values: dict[str, Value] = {
        "endpoints": ENDPOINTS,
        "turns": TURNS,
        **{f"{side}_seconds": round(each, 3) for side, each in seconds.items()},
        "ratio": round(ratio, 3),
        "ratios": [round(each, 3) for each in ratios],
        "ratio_to_unacknowledged": round(to_less, 3),
    }
    heading = ("app", "seconds, median of the turns", "constructs take, median of the turns")
    return Outcome(
        values,
        (
            heading,
            ("constructs", f"{seconds['constructs']:.2f}", "1"),
            ("raw L1s", f"{seconds['raw']:.2f}", f"{ratio:.2f} times that"),
            (
                "raw, not acknowledged",
                f"{seconds['unacknowledged']:.2f}",
                f"{to_less:.2f} times that",
            ),
        ),
    )


def _ratio(turns: Sequence[Mapping[str, float]], side: str) -> float:
    return statistics.median(turn["constructs"] / turn[side] for turn in turns)


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
