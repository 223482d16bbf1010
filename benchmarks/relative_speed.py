"""How fast something of ours is beside the plainest thing that does the same, measured in one run."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

from benchmarks.benchmark import Outcome, Progress

ROUNDS = 7


def relative_speed(
    ours: Callable[[], object], plain: Callable[[], object], *, operations: int, progress: Progress
) -> Outcome:
    """Run both in turn, several times; the ratio of a round is the speed of ours over that of the plain one.

    operations: what each does in a run, for the table. The median of the rounds counts.
    """
    ratios, rates = [], []
    for done in range(1, ROUNDS + 1):
        plain_time, our_time = _time(plain), _time(ours)
        ratios.append(plain_time / our_time)
        rates.append((operations / our_time, operations / plain_time))
        progress(done / ROUNDS)
    our_rate, plain_rate = (median(rate[which] for rate in rates) for which in (0, 1))
    return Outcome(
        {"ratio": median(ratios), "rounds": ratios, "operations": operations},
        (
            ("of this run", "ours", "plain", "ratio"),
            ("operations/s", f"{our_rate:,.0f}", f"{plain_rate:,.0f}", f"{median(ratios):.4f}"),
        ),
    )


def _time(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
