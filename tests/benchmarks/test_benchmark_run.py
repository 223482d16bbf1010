"""The benchmarks: how they are found, and what they write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import run as benchmark_run
from benchmarks.async_queue import serve_plainly, serve_with_hosting
from benchmarks.bench_file import merge
from benchmarks.benchmark import Benchmark, Outcome
from benchmarks.interval import student_interval
from benchmarks.model_cache import hits_plainly, hits_with_hosting, popular
from benchmarks.relative_speed import relative_speed

TINY = Benchmark(
    "tiny", "A tiny benchmark", lambda progress: Outcome({"ratio": 0.5}, (("a", "b"), ("c", "1")))
)


@pytest.fixture
def bench_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A result file of its own, and one benchmark that takes no time."""
    file = tmp_path / "build" / "bench.json"
    monkeypatch.setattr(benchmark_run, "BENCH_FILE", file)
    monkeypatch.setattr(benchmark_run, "discover", lambda: {"tiny": TINY, "other": TINY})
    return file


def test_every_benchmark_is_found_by_its_key() -> None:
    """A module with a BENCHMARK is one; what the others share is not."""
    found = benchmark_run.discover()

    assert {"least_outstanding_gain", "async_queue_speed", "model_cache_speed"} <= set(found)
    assert all(key == benchmark.key for key, benchmark in found.items())


def test_json_is_all_that_is_printed(bench_file: Path) -> None:
    """The same results go to the file."""
    result = CliRunner().invoke(benchmark_run.run, ["--only", "tiny", "--json"])

    assert {"tiny": {"ratio": 0.5}} == json.loads(result.stdout) == json.loads(bench_file.read_text())


def test_a_table_shows_what_was_measured(bench_file: Path) -> None:
    """Without --json a person reads it."""
    result = CliRunner().invoke(benchmark_run.run, [])

    assert 2 == result.stdout.count("A tiny benchmark")
    assert {"tiny", "other"} == set(json.loads(bench_file.read_text()))


def test_fails_when_there_is_no_such_benchmark(bench_file: Path) -> None:
    """Usage errors are 2, and nothing is written."""
    result = CliRunner().invoke(benchmark_run.run, ["--only", "missing"])

    assert 2 == result.exit_code
    assert "got missing, allowed tiny, other" in result.stderr
    assert not bench_file.exists()


def test_a_run_of_one_keeps_the_results_of_the_others(tmp_path: Path) -> None:
    """Each benchmark has its own key in the file."""
    file = tmp_path / "bench.json"
    merge({"a": {"ratio": 1.0}, "b": {"ratio": 2.0}}, file)
    merge({"b": {"ratio": 3.0}}, file)

    assert {"a": {"ratio": 1.0}, "b": {"ratio": 3.0}} == json.loads(file.read_text())


def test_the_interval_is_student_s() -> None:
    """1, 2, 3: mean 2, deviation 1, quantile 4.303 for two degrees of freedom: 2 plus or minus 2.484."""
    interval = student_interval([1.0, 2.0, 3.0])

    assert pytest.approx((2.0, -0.484, 4.484), abs=0.001) == (interval.mean, interval.low, interval.high)


def test_a_relative_speed_is_a_ratio_of_one_run() -> None:
    """Work that does nothing is faster than work that does something; the progress ends at one."""
    seen: list[float] = []
    outcome = relative_speed(lambda: sum(range(20_000)), lambda: None, operations=1, progress=seen.append)

    assert isinstance(outcome.values["ratio"], float)
    assert 0 < outcome.values["ratio"] < 1
    assert 1.0 == seen[-1]


def test_both_queues_answer_every_request() -> None:
    """A comparison of speed is fair only if both do the work."""
    assert 500 == serve_with_hosting(500) == serve_plainly(500)


@pytest.mark.parametrize("places", [1, 3, 10, 30])
def test_both_caches_have_the_same_hits(places: int) -> None:
    """With one invocation at a time hosting's cache is a least-recently-used one, whatever its size."""
    names = popular(models=30, invocations=400, seed=places)

    assert hits_plainly(names, places) == hits_with_hosting(names, places)
