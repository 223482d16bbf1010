"""The thread that owns an endpoint's state."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from threading import Thread, current_thread, main_thread

import pytest

from pilotlight.hosting.micros import SECOND, Micros
from pilotlight.local.clock import ScaledClock
from pilotlight.local.endpoint.driver import Driver

from .conftest import eventually


class Machine:
    """What a driver drives: it has one deadline."""

    def __init__(self) -> None:
        self.deadline: Micros | None = None
        self.passed: list[Micros] = []
        self.seen: list[str] = []
        self.looks = 0

    def pass_time(self, now: Micros) -> None:
        """Note when time passed."""
        self.passed.append(now)
        self.deadline = None

    def look(self) -> None:
        """Note that something was done."""
        self.looks += 1


@pytest.fixture
def machine() -> Machine:
    """A machine that waits for nothing."""
    return Machine()


@pytest.fixture
def driver(machine: Machine) -> Iterator[Driver]:
    """Its driver, started."""
    driver = Driver(
        "tickets",
        ScaledClock(60),
        next_deadline=lambda: machine.deadline,
        pass_time=machine.pass_time,
        after=machine.look,
    )
    driver.start()
    yield driver
    driver.stop()


def test_what_is_posted_runs_in_order_on_one_thread(driver: Driver, machine: Machine) -> None:
    """Nothing else touches the state."""
    threads: set[Thread] = set()

    def note(name: str) -> None:
        threads.add(current_thread())
        machine.seen.append(name)

    for name in ("a", "b", "c"):
        driver.post(partial(note, name))
    driver.call(lambda: machine.seen.append("called"))

    assert ["a", "b", "c", "called"] == machine.seen
    assert main_thread() not in threads
    assert 1 == len(threads)


def test_time_passes_when_it_is_due(driver: Driver, machine: Machine) -> None:
    """A deadline comes without anybody posting anything."""
    driver.call(lambda: setattr(machine, "deadline", 6 * SECOND))
    eventually(lambda: machine.passed)

    assert machine.passed[0] >= 6 * SECOND
    assert None is machine.deadline


def test_error_of_one_step_does_not_end_the_driver(
    driver: Driver, machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    """The endpoint goes on, and the log tells."""

    def fail() -> None:
        raise ZeroDivisionError

    driver.call(fail)
    driver.call(lambda: machine.seen.append("still here"))

    assert ["still here"] == machine.seen
    assert "ZeroDivisionError" in caplog.text


def test_nothing_runs_after_stop(driver: Driver, machine: Machine) -> None:
    """Stopping waits for what was posted before, and drops what comes after."""
    driver.post(lambda: machine.seen.append("before"))
    driver.stop()
    driver.post(lambda: machine.seen.append("after"))

    assert ["before"] == machine.seen
