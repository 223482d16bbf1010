"""A thousand requests end exactly once each, whatever breaks."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pilotlight.catalog import foundation
from pilotlight.catalog.status_table import DETAIL_TYPES, Status
from pilotlight.local.deploy import CdkApp
from pilotlight.local.faults import FAULTS_VARIABLE, LocalFault
from pilotlight.local.local_aws import LocalAws
from tests.end_to_end.chaos import Chaos, EventLog, Request, requests

REQUESTS = 1000
SEED = 20261120
FINAL = {Status.COMPLETED, Status.FAILED, Status.EXPIRED}


def _until(look: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not look() and time.monotonic() < deadline:
        time.sleep(0.5)


@pytest.mark.timeout(1200)
def test_each_of_a_thousand_requests_ends_exactly_once(
    checkout: Path, tmp_path: Path, monkeypatch, record_property, deploy: Callable[..., CdkApp]
) -> None:
    """Containers are killed, notifications duplicated and reordered, one Lambda call in ten fails."""
    monkeypatch.setenv(
        FAULTS_VARIABLE, f"{LocalFault.DUPLICATE_NOTIFICATIONS},{LocalFault.REORDER_NOTIFICATIONS}"
    )
    with LocalAws(tmp_path / "home", time_scale=60) as aws:
        app = deploy(aws, checkout / "fleet.yaml")
        chaos = _chaos(aws)
        chaos.make_completion_fail_now_and_then(_asset(app.assembly))
        events = EventLog(aws)
        events.start()
        wanted = requests(REQUESTS, seed=SEED)
        with chaos.killing(every_s=1.0, seed=SEED):
            chaos.submit(wanted)
            _until(lambda: chaos.backlog() == 0, 600)
        _end_the_overdue(chaos)
        rows, heard = chaos.rows(), events.read()
        executed = Counter((aws.home.root / "executions/starter-ticket-intent").read_text().split())
        record_property("figures", f"chaos: {json.dumps(_figures(rows, heard, executed, chaos))}")

        assert {request.inference_id for request in wanted} == set(rows)
        assert [] == [name for name, row in rows.items() if row["status"] not in FINAL]
        assert [] == [
            request for request in wanted if not _ended_as_it_must(request, rows[request.inference_id])
        ]
        assert {name: {DETAIL_TYPES[Status(row["status"])]} for name, row in rows.items()} == {
            name: set(types) for name, types in heard.items()
        }
        assert [] == [name for name, row in rows.items() if row["status"] != "Expired" and not executed[name]]
        assert 0 == chaos.dead_letters()
        assert 0 < chaos.killed


def _ended_as_it_must(request: Request, row: dict[str, str]) -> bool:
    """A request in a hurry may expire; the others end as the model answers."""
    answered = Status.COMPLETED if request.text else Status.FAILED
    return row["status"] == answered or (request.short and row["status"] == Status.EXPIRED)


def _end_the_overdue(chaos: Chaos) -> None:
    """Run the sweeper until no row waits, giving each run time to be worked on, as its schedule does."""

    def no_row_waits() -> bool:
        return all(row["status"] in FINAL and "pending" not in row for row in chaos.rows().values())

    for _ in range(4):
        if not no_row_waits():
            chaos.sweep()
        _until(no_row_waits, 60)


def _chaos(aws: LocalAws) -> Chaos:
    described = aws.client("cloudformation").describe_stacks(StackName="Pilotlight-starter-foundation")
    outputs = {each["OutputKey"]: each["OutputValue"] for each in described["Stacks"][0]["Outputs"]}
    chaos = Chaos(
        aws,
        "Pilotlight-starter-ticket-intent",
        "starter-ticket-intent",
        outputs[foundation.STATUS_TABLE_NAME],
    )
    sweeper = chaos.function("SweeperFunction")
    client = aws.client("lambda")
    variables = client.get_function_configuration(FunctionName=sweeper)["Environment"]["Variables"]
    client.update_function_configuration(
        FunctionName=sweeper, Environment={"Variables": variables | {"GRACE_SECONDS": "0"}}
    )
    return chaos


def _asset(assembly: Path) -> Path:
    """The folder of the completion function in a cloud assembly."""
    (asset,) = (file.parent for file in assembly.glob("asset.*/completion.py"))
    return asset


def _figures(rows, heard, executed: Counter[str], chaos: Chaos) -> dict[str, object]:
    return {
        "requests": len(rows),
        "ended": dict(Counter(row["status"] for row in rows.values())),
        "events": sum(sum(types.values()) for types in heard.values()),
        "executions": sum(executed.values()),
        "executed more than once": sum(times > 1 for times in executed.values()),
        "containers killed": chaos.killed,
    }
