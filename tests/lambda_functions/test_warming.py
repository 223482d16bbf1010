"""How models are warmed: together, held to a rate and a time, and each for itself."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lambda_functions.conftest import load
from tests.lambda_functions.virtual_time import run_in_virtual_time

warm_up = load("warm_up")
LOAD = 2.0
"""Seconds that a stand-in model loads."""
FOREVER = 1e9


def jobs(count: int) -> list[Any]:
    """Models m0, m1, … with a sample each."""
    sample = warm_up.sample.Sample(body=b"{}")
    return [warm_up.plan.Job(warm_up.target.Target(f"m{number}"), sample) for number in range(count)]


class Standin:
    """An endpoint whose models load in a fixed time; `raising` says what befalls a model."""

    def __init__(self, raising: Callable[[str, int], Exception | None] = lambda name, attempt: None) -> None:
        self.raising = raising
        self.starts: list[float] = []
        self.asked: Counter[str] = Counter()
        self.now = self.most = 0

    async def ping(self, job: Any) -> None:
        """Load a model."""
        loop = asyncio.get_running_loop()
        self.starts.append(loop.time())
        self.asked[job.target.name] += 1
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(LOAD)
        self.now -= 1
        error = self.raising(job.target.name, self.asked[job.target.name])
        if error is not None:
            raise error


def warmed(
    count: int,
    standin: Standin | None = None,
    *,
    concurrency: int = 10,
    per_minute: float | None = None,
    until: float = FOREVER,
    **terms: float,
) -> tuple[list[Any], float]:
    """The outcomes of a run in virtual time, and its seconds."""
    pace = warm_up.pace.Pace(per_minute)
    ping = (standin or Standin()).ping
    run = warm_up.warming.Run(ping, concurrency, pace, until, **terms)
    return run_in_virtual_time(run.warm(jobs(count)))


def counted(outcomes: list[Any]) -> dict[tuple[str, str], int]:
    """How many models ended how."""
    return dict(Counter((outcome.state.value, outcome.why) for outcome in outcomes))


def test_three_hundred_models_take_the_time_of_the_ceiling() -> None:
    """Ten at once take a tenth of one after the other: 60 s, where the sequential loop takes 600 s."""
    standin = Standin()
    outcomes, seconds = warmed(300, standin)
    _, one_by_one = warmed(300, concurrency=1)

    assert {("loaded", ""): 300} == counted(outcomes)
    assert (300 * LOAD / 10, 300 * LOAD) == pytest.approx((seconds, one_by_one))
    assert 10 == standin.most


def test_the_rate_is_never_exceeded() -> None:
    """At 112.5 a minute, half of a target of 225, invocations are 0.533 s apart however many may run."""
    standin = Standin()
    _, seconds = warmed(300, standin, concurrency=50, per_minute=112.5)
    gaps = [later - earlier for earlier, later in zip(standin.starts, standin.starts[1:], strict=False)]

    assert pytest.approx((60 / 112.5, 60 / 112.5)) == (min(gaps), max(gaps))
    assert pytest.approx(299 * 60 / 112.5 + LOAD) == seconds


@settings(max_examples=25)
@given(
    count=st.integers(0, 60),
    concurrency=st.integers(1, 20),
    per_minute=st.none() | st.floats(1, 600),
    until=st.floats(0, 120),
)
def test_the_terms_of_a_run_hold(
    count: int, concurrency: int, per_minute: float | None, until: float
) -> None:
    """Each model ends exactly once; nothing starts after the time is up, nor faster, nor more at once."""
    standin = Standin()
    outcomes, seconds = warmed(count, standin, concurrency=concurrency, per_minute=per_minute, until=until)
    in_a_minute = max(
        (sum(at <= other < at + 60 for other in standin.starts) for at in standin.starts), default=0
    )

    assert {f"m{number}" for number in range(count)} == {each.target.name for each in outcomes}
    assert count == len(outcomes)
    assert standin.most <= concurrency
    assert max(standin.starts, default=0) <= until
    assert seconds <= until + LOAD
    assert per_minute is None or in_a_minute <= per_minute + 1


def test_what_does_not_fit_into_the_time_is_skipped() -> None:
    """Started ones end, the others are told apart from failures."""
    outcomes, seconds = warmed(300, until=10.0)

    assert {("loaded", ""): 50, ("skipped", "time budget"): 250} == counted(outcomes)
    assert pytest.approx(10.0) == seconds


def test_a_model_that_fails_fails_alone() -> None:
    """Whatever its invocation raises."""
    no_answer = warm_up.warming.NoAnswerError
    broken = {"m3": no_answer("ModelError 500"), "m7": TimeoutError(), "m9": ValueError("what was sent")}
    outcomes, _ = warmed(20, Standin(lambda name, attempt: broken.get(name)))

    assert {
        ("loaded", ""): 17,
        ("failed", "ModelError 500"): 1,
        ("failed", "TimeoutError"): 1,
        ("failed", "ValueError"): 1,
    } == counted(outcomes)


def test_a_model_that_still_loads_is_asked_again() -> None:
    """SageMaker goes on loading after it has given the caller up."""
    still = warm_up.warming.StillLoadingError
    standin = Standin(lambda name, attempt: still() if name == "m0" and attempt < 3 else None)
    outcomes, seconds = warmed(1, standin)

    assert {("loaded", ""): 1} == counted(outcomes)
    assert pytest.approx(3 * LOAD + 2 * 20) == seconds


@pytest.mark.parametrize(("until", "asked"), [(FOREVER, 17), (30.0, 2)])
def test_a_model_that_never_loads_is_given_up(until: float, asked: int) -> None:
    """After SageMaker's six minutes, or when the time is up."""
    still = warm_up.warming.StillLoadingError
    standin = Standin(lambda name, attempt: still())
    outcomes, _ = warmed(1, standin, until=until)

    assert {("failed", "still loading"): 1} == counted(outcomes)
    assert asked == standin.asked["m0"]


def test_a_full_memory_ends_the_run() -> None:
    """Another model would only push out one that has just been loaded."""
    full = warm_up.warming.MemoryFullError
    standin = Standin(lambda name, attempt: full() if name == "m4" else None)
    outcomes, _ = warmed(100, standin, concurrency=2)

    assert {("loaded", ""): 5, ("failed", "memory full"): 1, ("skipped", "memory full"): 94} == counted(
        outcomes
    )


def _sized(sizes: Mapping[str, float | None], archive_mib: float = 1) -> list[Any]:
    """Jobs with a declared memory, or none."""
    target, sample = warm_up.target.Target, warm_up.sample.Sample
    archive = int(archive_mib * 2**20)
    return [
        warm_up.plan.Job(target(name, archive), sample(body=b""), memory) for name, memory in sizes.items()
    ]


def _planned(jobs: list[Any], budget: float | None) -> tuple[list[str], list[str]]:
    """The names of what is done and of what is skipped."""
    plan = warm_up.plan.planned(jobs, memory_budget_mib=budget)
    return [job.target.name for job in plan.jobs], [skipped.target.name for skipped in plan.skipped]


def test_models_are_taken_while_they_fit() -> None:
    """One that does not fit leaves its room to a smaller one."""
    sizes = {"a": 400.0, "b": 500.0, "c": 300.0, "d": 300.0}

    assert (["a", "b"], ["c", "d"]) == _planned(_sized(sizes), 1000)
    assert (["a", "c"], ["b", "d"]) == _planned(_sized(sizes), 700)
    assert ([*"abcd"], []) == _planned(_sized(sizes), None)


def test_an_undeclared_model_counts_with_its_artefact() -> None:
    """The least it takes."""
    assert (["a"], ["b"]) == _planned(_sized({"a": None, "b": None}, archive_mib=60), 100)


@settings(max_examples=50)
@given(st.lists(st.floats(0.1, 500), max_size=30), st.floats(0, 2000))
def test_a_plan_never_exceeds_its_memory(sizes: list[float], budget: float) -> None:
    """So no model of a run pushes out another."""
    given_jobs = _sized({str(number): size for number, size in enumerate(sizes)})
    plan = warm_up.plan.planned(given_jobs, memory_budget_mib=budget)

    assert sum(warm_up.plan.memory_of(job) for job in plan.jobs) <= budget + 1e-6
    assert len(sizes) == len(plan.jobs) + len(plan.skipped)


def test_a_model_without_a_request_is_skipped() -> None:
    """An invalid request would tell nothing."""
    nothing = warm_up.plan.Job(warm_up.target.Target("a"), warm_up.sample.Sample())

    (skipped,) = warm_up.plan.planned([nothing], memory_budget_mib=None).skipped

    assert ("skipped", "no sample") == (skipped.state.value, skipped.why)


def test_the_newest_come_first() -> None:
    """In the same order in every run."""
    target = warm_up.target.Target
    found = [target("old", 1, 5.0), target("b", 1, 9.0), target("a", 1, 9.0)]

    assert ["a", "b", "old"] == [each.name for each in warm_up.plan.in_order(found)]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ('{"body": "a,b"}', b"a,b"),
        ('{"body": {"x": [1]}}', b'{"x": [1]}'),
        ('{"body_base64": "AAE="}', b"\0\1"),
    ],
)
def test_a_sample_says_what_to_send(text: str, body: bytes) -> None:
    """Text, JSON or bytes."""
    assert body == warm_up.sample.read_sample(text).body


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not readable JSON"),
        ("[" * 100_000, "not readable JSON"),
        ("[]", "not an object"),
        ('{"secret": 1}', "unknown keys, allowed are accept, body, body_base64, content_type"),
        (r'{"body": "\ud800"}', "body is not text"),
        ('{"body": "", "body_base64": ""}', "both body and body_base64"),
        ('{"body_base64": "%"}', "not base64"),
        ('{"body_base64": 3}', "not base64"),
        ('{"content_type": 3}', "content_type is not text"),
    ],
)
def test_fails_when_a_sample_is_malformed(text: str, words: str) -> None:
    """In words that repeat nothing of what was in it."""
    with pytest.raises(warm_up.sample.MalformedSampleError, match=words) as error:
        warm_up.sample.read_sample(text)

    assert "secret" not in str(error.value)
