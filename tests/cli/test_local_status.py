"""What `pilotlight local status` shows to people."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from pilotlight.cli.capacity_words import Seen
from pilotlight.cli.local_status import show

IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130"


def server(**more: Any) -> Seen:
    """An embedded AWS in which nothing is deployed; more: what there is nevertheless."""
    about = {
        "endpoint_url": "http://127.0.0.1:4566",
        "started": "2026-01-31T23:00:00+00:00",
        "time_scale": 60.0,
        "region": "us-east-1",
    }
    empty: Seen = {"test_only_faults": [], "endpoints": [], "alarms": [], "activities": []}
    return {"server": about, "calendar": "2026-02-03T08:00:00+00:00", **empty, **more}


def container(**more: Any) -> Seen:
    """A container that runs the model's own code."""
    real = {"label": "real", "why": "the script", "caveat": "", "ready": True, "pid": 4194304, "port": 60999}
    return {**real, "variant": "AllTraffic", "image": IMAGE, **more}


def endpoint(**more: Any) -> Seen:
    """An endpoint in service."""
    variant = {"name": "AllTraffic", "current_instance_count": 1, "desired_instance_count": 2}
    state = {"status": "InService", "awake": True, "backlog": 3, "failure_reason": None}
    return {"region": "us-east-1", "name": "e", **state, "variants": [variant], "containers": [], **more}


def alarm(**more: Any) -> Seen:
    """An alarm that tells people."""
    watched = {"metric": "HasBacklogWithoutCapacity", "dimensions": {"EndpointName": "e"}, "threshold": 1.0}
    state = {"state": "OK", "reason": "Threshold Crossed", "scales": False, "name": "Stack-WakeAlarm-1A2B"}
    return {"region": "us-east-1", "comparison": "GreaterThanOrEqualToThreshold", **watched, **state, **more}


def activity(**more: Any) -> Seen:
    """What scaling did."""
    done = {"description": "Setting desired instance count to 0.", "status": "Successful", "message": "done"}
    where = {"region": "us-east-1", "resource": "endpoint/e/variant/AllTraffic"}
    return {**where, **done, "started": "2026-01-31T23:59:01+00:00", "cause": "alarm", **more}


def lines(seen: Seen, width: int = 100) -> list[str]:
    """The overview as it is printed in so many columns."""
    written = StringIO()
    show(seen, Console(file=written, width=width, markup=False))
    return [line.rstrip() for line in written.getvalue().splitlines()]


def test_an_empty_one_says_what_to_do() -> None:
    """The server comes first."""
    assert [
        "embedded AWS at http://127.0.0.1:4566 since 2026-01-31 23:00:00 UTC, time scale 60",
        "SageMaker's calendar, by which schedules go: 2026-02-03 08:00:00 UTC",
        "no endpoints (deploy some with: pilotlight local deploy)",
    ] == lines(server())


def test_faults_are_loud() -> None:
    """Nobody shall take what a test switched on for how AWS is."""
    assert [
        "TEST-ONLY FAULTS ARE ON, by PILOTLIGHT_LOCAL_FAULTS:",
        "  duplicate-notifications, transient-writes",
    ] == lines(server(test_only_faults=["duplicate-notifications", "transient-writes"]))[2:4]


def test_a_container_is_real_or_a_stand_in_with_its_reason() -> None:
    """The stand-in is the louder one."""
    stand_in = container(label="stand-in", why="the image needs a GPU", ready=False)
    seen = server(endpoints=[endpoint(containers=[container(), stand_in])])

    assert [
        "endpoint e: InService, awake, backlog 3",
        "  variant AllTraffic: 1 of 2 instances",
        "  container of AllTraffic: real (the script)",
        "    ready, process 4194304, port 60999",
        f"    {IMAGE}",
        "  container of AllTraffic: STAND-IN (the image needs a GPU)",
        "    starting, process 4194304, port 60999",
        f"    {IMAGE}",
    ] == lines(seen)[3:]


def test_an_endpoint_tells_why_it_failed_and_where_it_is() -> None:
    """Its region matters when it is not the server's."""
    failed = endpoint(region="eu-west-1", status="Failed", awake=False, failure_reason="the reason")

    assert ["endpoint e in eu-west-1: Failed, asleep, backlog 3", "  the reason"] == lines(
        server(endpoints=[failed])
    )[3:5]


def test_each_kind_shows_its_own_capacity() -> None:
    """Concurrency where there are no instances, copies of a component, the name of a container."""
    size = {"memory_mb": 2048, "max_concurrency": 5}
    concurrency = {
        "current": {**size, "provisioned_concurrency": 1},
        "desired": {**size, "provisioned_concurrency": 2},
        "running": 1,
    }
    none = {"current_instance_count": 0, "desired_instance_count": 0}
    serverless = endpoint(variants=[{"name": "AllTraffic", **none, "concurrency": concurrency}])
    copies = {"current_copies": 1, "desired_copies": 3, "failure_reason": "There is not enough"}
    component = {"name": "writer", "variant": "AllTraffic", "status": "Updating", **copies}
    host = endpoint(components=[component], containers=[container(part="writer")])

    seen = lines(server(endpoints=[serverless, host]), width=150)

    assert (
        "  variant AllTraffic: serverless, 1 containers warm, 1 of 2 provisioned, "
        "at most 5 requests at a time, 2048 MB"
    ) in seen
    assert [
        "  component writer on AllTraffic: Updating, 1 of 3 copies",
        "    There is not enough",
        "  container of AllTraffic, writer: real (the script)",
    ] == seen[seen.index("  component writer on AllTraffic: Updating, 1 of 3 copies") :][:3]


def test_scaling_names_a_component_by_its_name() -> None:
    """Its id has no endpoint in it."""
    happened = activity(resource="inference-component/writer", description="Setting desired copy count to 1.")

    assert "writer" == lines(server(activities=[happened]))[-1].split()[-1]


def test_alarms_say_what_they_watch() -> None:
    """Those that scale come and go all the time: they are apart, and only the others tell their reason."""
    seen = server(
        alarms=[
            alarm(state="ALARM", reason="one crossed"),
            alarm(comparison="LessThanThreshold", threshold=4.5, scales=True, state="ALARM"),
            alarm(metric=None, threshold=None, dimensions={}, state="INSUFFICIENT_DATA"),
        ]
    )

    assert [
        "alarms that tell people",
        "  ALARM              HasBacklogWithoutCapacity >= 1  e",
        "  INSUFFICIENT_DATA  Stack-WakeAlarm-1A2B",
        "  Stack-WakeAlarm-1A2B: one crossed",
        "",
        "alarms that scale",
        "  ALARM  HasBacklogWithoutCapacity < 4.5  e",
    ] == lines(seen)[4:]


def test_scaling_tells_when_what_and_to_whom() -> None:
    """The date is told on later days only; a failure has its message."""
    late = activity(started="2026-02-01T00:10:00+00:00", status="Failed", message="no such variant")

    assert [
        "scaling, newest first",
        "  2026-02-01 00:10:00  Setting desired instance count to 0: Failed, no such variant  e, AllTraffic",
        "  23:59:01             Setting desired instance count to 0: Successful               e, AllTraffic",
    ] == lines(server(activities=[late, activity()]))[4:]


@pytest.mark.parametrize("width", [80, 100])
def test_nothing_is_lost_or_cut_when_names_are_long(width: int) -> None:
    """What does not fit goes on inside its column."""
    name = "q" * 63
    seen = server(
        endpoints=[endpoint(name=name, containers=[container(image=IMAGE * 2)])],
        alarms=[alarm(dimensions={"QueueName": name}, state="ALARM", name=name * 2)],
        activities=[activity(resource=f"endpoint/{name}/variant/AllTraffic")],
    )
    shown = lines(seen, width)

    assert width >= max(map(len, shown))
    assert 63 * 5 == "".join(shown).count("q")
    assert "…" not in "".join(shown)
    assert IMAGE * 2 in "".join(line.strip() for line in shown)
