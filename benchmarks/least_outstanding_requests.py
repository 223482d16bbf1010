"""What least outstanding requests gains over random routing, against its closed form.

U users on N instances, c = U/N for each, no pause between requests. With k requests in flight an instance
gives each the speed 1 / (1 + a(k-1)), and so answers at the rate m(k) = k / (1 + a(k-1)).

Least outstanding: who has an answer frees a place on an instance that then has c - 1 requests, all others
have c, so the next request goes there. Every instance always has c, and the system answers at the rate
    X = N m(c) = U / (1 + a(c-1)).

Random: a closed network of N equal processor-sharing stations, each visited with the same probability. It has
a product form, whatever the distribution of lengths (Baskett, Chandy, Muntz, Palacios 1975), so an arriving
request finds the stations as one user less would leave them: (U-1)/N others on average. Mean value analysis
has its time as the mean of k/m(k), where k counts the request itself and those it finds; as k/m(k) is
1 + a(k-1), that is 1 + a(U-1)/N, and
    X = U / (1 + a(U-1)/N).

The gain is the ratio of both, less one. With U = cN the numerator is 1 + a(c - 1/N), so
    gain = a (1 - 1/N) / (1 + a(c-1)).

With one instance it is nothing. a = 0.38 was fixed before any run: it fits the 15 to 16 % that AWS published
for 20 to 80 users on 5 to 20 instances (AWS Machine Learning Blog, "Minimize real-time inference latency by
using Amazon SageMaker routing strategies", 2023-11-30).
"""

from __future__ import annotations

from benchmarks.benchmark import Benchmark, Outcome, Progress, Value
from benchmarks.closed_system import ClosedSystem, throughput
from benchmarks.interval import Interval, student_interval
from pilotlight.hosting.routing import LeastOutstandingRequests, RandomRouting

SYSTEM = ClosedSystem(instances=4, users_per_instance=4, slowdown=0.38)
SEEDS = range(20)
REQUESTS = 8_000


def closed_form(system: ClosedSystem) -> float:
    """Compute the gain in throughput, as a fraction; the derivation is at the top of this file."""
    a, n, c = system.slowdown, system.instances, system.users_per_instance
    return a * (1 - 1 / n) / (1 + a * (c - 1))


def random_throughput(system: ClosedSystem) -> float:
    """Compute the requests per second under random routing."""
    return system.users / (1 + system.slowdown * (system.users - 1) / system.instances)


def least_outstanding_throughput(system: ClosedSystem) -> float:
    """Compute the requests per second under least outstanding requests."""
    return system.users / (1 + system.slowdown * (system.users_per_instance - 1))


def measured_gains(
    system: ClosedSystem, *, seeds: range, requests: int, progress: Progress = lambda _: None
) -> list[tuple[float, float]]:
    """Measure both throughputs for each seed: random, least outstanding."""
    pairs = []
    for done, seed in enumerate(seeds, start=1):
        pairs.append(
            (
                throughput(system, RandomRouting(), requests=requests, seed=seed),
                throughput(system, LeastOutstandingRequests(), requests=requests, seed=seed),
            )
        )
        progress(done / len(seeds))
    return pairs


def gain_interval(pairs: list[tuple[float, float]]) -> Interval:
    """Compute the 95 % interval of the gain."""
    return student_interval([least / random - 1 for random, least in pairs])


def _measure(progress: Progress) -> Outcome:
    pairs = measured_gains(SYSTEM, seeds=SEEDS, requests=REQUESTS, progress=progress)
    gain, expected = gain_interval(pairs), closed_form(SYSTEM)
    random, least = (student_interval([pair[which] for pair in pairs]) for which in (0, 1))
    values: dict[str, Value] = {
        "measured": gain.mean,
        "interval": [gain.low, gain.high],
        "closed_form": expected,
        "alpha": SYSTEM.slowdown,
        "instances": SYSTEM.instances,
        "users_per_instance": SYSTEM.users_per_instance,
    }
    return Outcome(
        values,
        (
            (f"alpha {SYSTEM.slowdown}", "measured", "95 % interval", "closed form"),
            _row("random, requests/s", random, random_throughput(SYSTEM), ".3f"),
            _row("least outstanding, requests/s", least, least_outstanding_throughput(SYSTEM), ".3f"),
            _row("gain in throughput", gain, expected, ".2%"),
        ),
    )


def _row(name: str, found: Interval, expected: float, form: str) -> tuple[str, str, str, str]:
    bounds = f"{found.low:{form}} to {found.high:{form}}"
    return name, f"{found.mean:{form}}", bounds, f"{expected:{form}}"


BENCHMARK = Benchmark(
    "least_outstanding_gain",
    f"Least outstanding requests against random: {SYSTEM.users} users, {SYSTEM.instances} instances",
    _measure,
)
