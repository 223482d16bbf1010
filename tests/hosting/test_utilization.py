"""What instances publish of their processors, memory and disk, reckoned by hand."""

from __future__ import annotations

from pilotlight.hosting.micros import MINUTE, SECOND
from pilotlight.hosting.utilization import InstanceSize, InstanceUse, utilization_metrics

GIB = 2**30
LARGE = InstanceSize(vcpus=2, memory=8 * GIB, disk=100 * GIB)


def measured(cpu_s: float, *, memory: int = 0, disk: int = 0, size: InstanceSize = LARGE) -> dict[str, float]:
    """What is published after a minute in which processors worked so long."""
    before = InstanceUse(5 * SECOND, 0, 0)
    now = before + InstanceUse(round(cpu_s * SECOND), memory, disk)
    return {
        metric.name: value for metric, value in utilization_metrics(before, now, elapsed=MINUTE, size=size)
    }


def test_processors_are_summed() -> None:
    """A core and a half are 150; no more than the instance type has cores."""
    assert [0.0, 150.0, 200.0] == [measured(each)["CPUUtilization"] for each in (0, 90, 600)]


def test_memory_and_disk_are_shares_of_what_there_is() -> None:
    """2 of 8 GiB, 25 of 100 GiB; more than there is counts as all."""
    shares = measured(0, memory=2 * GIB, disk=25 * GIB)

    assert (25.0, 25.0) == (shares["MemoryUtilization"], shares["DiskUtilization"])
    assert 100.0 == measured(0, memory=20 * GIB)["MemoryUtilization"]


def test_what_nobody_knows_is_not_published() -> None:
    """An instance type without a source for its size still has processors to watch."""
    assert {"CPUUtilization": 900.0} == measured(540, size=InstanceSize(None, None, None))


def test_what_ends_takes_nothing_back() -> None:
    """A container that was replaced has worked less than the former one."""
    assert 0.0 == measured(-3)["CPUUtilization"]
