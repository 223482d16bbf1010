"""What can happen to a deployed fleet: orphans, roll-backs, requests nobody answers, a killed emulator."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pilotlight.catalog import foundation
from pilotlight.catalog.status_table import PARTITION_KEY, Pending, Status
from pilotlight.local.cdk_run import CdkFailed
from pilotlight.local.deploy import CdkApp
from pilotlight.local.local_aws import LocalAws
from pilotlight.local.story.processes import processes_of
from tests.waiting import wait_until

TWO_ENDPOINTS = """
name: pair
endpoints:
  kept:
    kind: async
    model: {{framework: scikit-learn, version: "1.4-2", source: {source}}}
    instance_type: ml.m5.large
    notify: {{status_table: true}}
"""
LEAVER = """
  leaver:
    kind: async
    model: {{framework: scikit-learn, version: "1.4-2", source: {source}}}
    instance_type: ml.m5.large
"""
BROKEN = """
  broken:
    kind: async
    model: {{image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/nowhere:1"}}
    instance_type: ml.m5.large
"""


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    """An embedded AWS, fast enough that no test waits for SageMaker."""
    with LocalAws(tmp_path_factory.mktemp("deployed") / "home", time_scale=240) as aws:
        yield aws


@pytest.fixture(scope="module")
def fleet(checkout: Path, aws: LocalAws, deploy: Callable[..., CdkApp]) -> Path:
    """A fleet of two endpoints, deployed."""
    source = _source(checkout, aws)
    file = aws.home.root / "pair.yaml"
    file.write_text((TWO_ENDPOINTS + LEAVER).format(source=source))
    deploy(aws, file)
    return file


def test_an_endpoint_that_left_the_fleet_is_found_and_destroyed(
    checkout: Path, aws: LocalAws, fleet: Path, pilotlight: Callable[..., Any]
) -> None:
    """The CDK forgets its stack; `pilotlight orphans` lists it, and destroys it and nothing else."""
    smaller = fleet.with_name("smaller.yaml")
    smaller.write_text(TWO_ENDPOINTS.format(source=_source(checkout, aws)))
    none = pilotlight("orphans", str(fleet), "--json", **aws.aws.environment())
    found = pilotlight("orphans", str(smaller), "--json", **aws.aws.environment())
    done = pilotlight("orphans", str(smaller), "--destroy", "--yes", **aws.aws.environment())

    assert [] == json.loads(none.stdout)["orphans"]
    assert ["Pilotlight-pair-leaver"] == [each["stack"] for each in json.loads(found.stdout)["orphans"]]
    assert 0 == done.returncode, done.stderr
    assert {"pair-kept"} == _endpoints(aws)


def test_a_stack_that_cannot_be_created_is_rolled_back_with_its_reason(
    checkout: Path, aws: LocalAws, fleet: Path
) -> None:
    """An image that cannot run ends in a roll-back, the reason in what the CDK prints, and nothing left."""
    file = fleet.with_name("broken.yaml")
    file.write_text((TWO_ENDPOINTS + BROKEN).format(source=_source(checkout, aws)))
    app = CdkApp(checkout, aws, fleet=file)
    app.synth()

    with pytest.raises(CdkFailed, match=r"nowhere:1"):
        app.deploy("Pilotlight-pair-broken")
    assert "pair-broken" not in _endpoints(aws)


def test_a_request_that_nobody_answers_ends_as_expired(aws: LocalAws, fleet: Path) -> None:
    """SageMaker tells nobody when a request expires; the sweeper ends its row."""
    table = _output(aws, "Pilotlight-pair-foundation", foundation.STATUS_TABLE_NAME)
    client = aws.client("dynamodb")
    long_ago = str(int(time.time()) - 86_400)
    row = {
        PARTITION_KEY: {"S": "lost"},
        "status": {"S": Status.SUBMITTED},
        "pending": {"S": Pending.ANSWER},
        "deadline": {"N": long_ago},
    }
    client.put_item(TableName=table, Item=row)
    aws.client("lambda").invoke(FunctionName=_sweeper(aws), Payload=b"{}")

    def seen() -> dict[str, Any]:
        found = client.get_item(TableName=table, Key={PARTITION_KEY: {"S": "lost"}}, ConsistentRead=True)
        return dict(found["Item"])

    ended = wait_until("the end of the request", seen, wanted=lambda item: "pending" not in item)
    assert Status.EXPIRED == ended["status"]["S"]


def test_a_killed_emulator_leaves_no_process_and_the_next_one_works(
    checkout: Path, tmp_path: Path, deploy: Callable[..., CdkApp]
) -> None:
    """`kill -9` gives it no chance to clear up: its containers end by themselves, and a new one starts."""
    home = tmp_path / "home"
    command = [sys.executable, "-m", "pilotlight.cli", "local", "up", "--home", str(home)]
    subprocess.run(command, check=True, capture_output=True)
    aws = LocalAws.running_in(home)
    deploy(aws, checkout / "fleet.yaml")
    running = processes_of(aws.home.root)
    aws.kill()
    wait_until("the end of all processes", lambda: processes_of(aws.home.root), wanted=lambda left: not left)
    again = subprocess.run(command, check=False, capture_output=True, text=True)
    LocalAws(home).stop()

    assert len(running) > 1
    assert 0 == again.returncode, again.stderr


def _source(checkout: Path, aws: LocalAws) -> Path:
    return Path(os.path.relpath(checkout / "examples/models/ticket_intent", aws.home.root))


def _endpoints(aws: LocalAws) -> set[str]:
    return {each["EndpointName"] for each in aws.client("sagemaker").list_endpoints()["Endpoints"]}


def _output(aws: LocalAws, stack: str, key: str) -> str:
    described = aws.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    (value,) = (each["OutputValue"] for each in described["Outputs"] if each["OutputKey"] == key)
    return str(value)


def _sweeper(aws: LocalAws) -> str:
    listed = aws.client("cloudformation").describe_stack_resources(StackName="Pilotlight-pair-kept")
    (function,) = (
        each["PhysicalResourceId"]
        for each in listed["StackResources"]
        if each["ResourceType"] == "AWS::Lambda::Function" and "Sweeper" in each["LogicalResourceId"]
    )
    return str(function)
