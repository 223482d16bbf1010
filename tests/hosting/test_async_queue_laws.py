"""What holds for every request whatever happens to instances, models and clocks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.async_queue import (
    Abandon,
    Answered,
    AsyncQueue,
    AsyncRequest,
    Dispatch,
    Ended,
    InstanceIdle,
    InstanceJoined,
    InstanceLeaving,
    InstanceLost,
    ModelFailed,
    Outcome,
    QueueEffect,
    QueueEvent,
    QueueSettings,
    SettingsChanged,
    Submitted,
    TimePassed,
    next_deadline,
    step,
)
from pilotlight.hosting.micros import SECOND, Micros

PLACES = 2
REDELIVERIES = 2
MOVES = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "submit",
                "submit",
                "answer",
                "stale answer",
                "fail",
                "join",
                "leave",
                "lose",
                "change",
                "wait",
                "wait long",
            ]
        ),
        st.integers(0, 7),
    ),
    max_size=80,
)


@dataclass
class _World:
    """Drives a queue as a careless driver would, and keeps account of what the effects claim."""

    queue: AsyncQueue = field(default_factory=lambda: AsyncQueue(QueueSettings(PLACES, REDELIVERIES)))
    now: Micros = 0
    places: int = PLACES
    submitted: list[str] = field(default_factory=list)
    joined: int = 0
    running: dict[str, Dispatch] = field(default_factory=dict)
    dispatches: list[Dispatch] = field(default_factory=list)
    ends: list[Ended] = field(default_factory=list)
    log: list[QueueEffect] = field(default_factory=list)

    def move(self, name: str, number: int) -> None:
        """Make one of the moves, if it is possible now."""
        running = list(self.running.values())
        chosen = running[number % len(running)] if running else None
        known = sorted(self.queue.load)
        instance = known[number % len(known)] if known else 99
        match name:
            case "submit":
                self.submitted.append(f"r{len(self.submitted)}")
                limits = AsyncRequest(self.submitted[-1], ttl=(1 + number) * SECOND, timeout=5 * SECOND)
                self.take(Submitted(limits))
            case "answer" if chosen is not None:
                self.take(Answered(chosen.request, chosen.attempt))
            case "stale answer" if self.dispatches:
                self._answer_if_stale(self.dispatches[number % len(self.dispatches)])
            case "fail" if chosen is not None:
                self.take(ModelFailed(chosen.request, chosen.attempt, "500"))
            case "join":
                self.joined += 1
                self.take(InstanceJoined(self.joined))
            case "leave":
                self.take(InstanceLeaving(instance))
            case "lose":
                self.running = {one: at for one, at in self.running.items() if at.instance != instance}
                self.take(InstanceLost(instance))
            case "change":
                self.places = 1 + number % 4
                self.take(SettingsChanged(QueueSettings(self.places, REDELIVERIES)))
            case "wait" | "wait long":
                self.now += SECOND if name == "wait" else 10 * SECOND
                self.take(TimePassed())

    def take(self, event: QueueEvent) -> None:
        """Step, and check what the effects must respect."""
        _, effects = step(self.queue, event, self.now)
        self.log += effects
        for effect in effects:
            self._account(effect)
        busy = Counter(one.instance for one in self.running.values())
        assert len(self.running) == self.queue.in_process
        assert len(self.submitted) - len(self.ends) == self.queue.waiting + self.queue.in_process
        assert {one: busy[one] for one in self.queue.load} == self.queue.load

    def _answer_if_stale(self, old: Dispatch) -> None:
        if self.running.get(old.request) != old:
            before = list(self.log)
            self.take(Answered(old.request, old.attempt))
            assert before == self.log

    def _account(self, effect: QueueEffect) -> None:
        match effect:
            case Dispatch():
                assert effect.request not in self.running
                self.running[effect.request] = effect
                here = [one for one in self.running.values() if one.instance == effect.instance]
                assert len(here) <= self.places
                self.dispatches.append(effect)
            case Ended():
                self.running.pop(effect.request, None)
                self.ends.append(effect)
            case Abandon():
                assert self.running[effect.request].attempt == effect.attempt
            case InstanceIdle():
                assert all(one.instance != effect.instance for one in self.running.values())

    def finish(self) -> None:
        """Let time run until nothing is open."""
        while (deadline := next_deadline(self.queue)) is not None:
            self.now = max(self.now, deadline)
            self.take(TimePassed())


def _world(moves: list[tuple[str, int]]) -> _World:
    world = _World()
    for name, number in moves:
        world.move(name, number)
    world.finish()
    return world


@given(moves=MOVES)
def test_each_request_ends_exactly_once(moves: list[tuple[str, int]]) -> None:
    """Under any order of submissions, answers, failures, deaths and time, nothing is lost or ends twice."""
    world = _world(moves)

    assert sorted(world.submitted) == sorted(one.request for one in world.ends)
    assert (0, 0) == (world.queue.waiting, world.queue.in_process)


@given(moves=MOVES)
def test_attempts_count_up_and_stop(moves: list[tuple[str, int]]) -> None:
    """Attempts of a request are 1, 2, 3 and no more than the redeliveries allow; its end says how many."""
    world = _world(moves)
    for ended in world.ends:
        attempts = [one.attempt for one in world.dispatches if one.request == ended.request]
        assert list(range(1, ended.attempts + 1)) == attempts
        assert ended.attempts <= REDELIVERIES + 1
        assert (ended.dispatched is None) == (ended.attempts == 0)


@given(moves=MOVES)
def test_only_waiting_requests_expire_and_only_answers_complete(moves: list[tuple[str, int]]) -> None:
    """An expired request waited at least its TTL; a completed one ran no longer than its timeout."""
    for ended in _world(moves).ends:
        if ended.outcome is Outcome.EXPIRED:
            assert ended.ended - ended.submitted >= SECOND
            continue
        assert ended.dispatched is not None
        assert ended.ended >= ended.dispatched >= ended.submitted
        if ended.outcome is Outcome.COMPLETED:
            assert ended.ended - ended.dispatched < 5 * SECOND


@given(moves=MOVES)
def test_first_attempts_go_out_in_the_order_of_submission(moves: list[tuple[str, int]]) -> None:
    """Nobody overtakes, except those that leave the queue by expiring."""
    world = _world(moves)
    first = [int(one.request[1:]) for one in world.dispatches if one.attempt == 1]

    assert sorted(first) == first


@given(moves=MOVES)
def test_the_same_moves_have_the_same_effects(moves: list[tuple[str, int]]) -> None:
    """Nothing but the events and their times counts."""
    assert _world(moves).log == _world(moves).log


def test_a_long_queue_is_worked_off_one_by_one() -> None:
    """20,000 waiting requests end in a moment; work that grew with the queue would take minutes."""
    world = _World()
    requests = 20_000
    for number in range(requests):
        step(world.queue, Submitted(AsyncRequest(f"r{number}")), 0)
    assert requests == world.queue.waiting

    _, effects = step(world.queue, InstanceJoined(1), SECOND)
    ended = 0
    while effects:
        dispatched = [one for one in effects if isinstance(one, Dispatch)]
        ended += sum(isinstance(one, Ended) for one in effects)
        effects = ()
        for one in dispatched:
            _, more = step(world.queue, Answered(one.request, 1), SECOND)
            effects = (*effects, *more)

    assert requests == ended
