"""Real-time endpoints on an embedded AWS: scaled by requests, processors and the clock, and copied from."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from pilotlight.local.deploy import CdkApp
from pilotlight.local.local_aws import LocalAws
from tests.waiting import wait_until

FLEET = """
name: shop
endpoints:
  requests:
    kind: realtime
    model: {{framework: scikit-learn, version: "1.4-2", source: {source}}}
    instance_type: ml.m5.large
    scaling: {{track: invocations, max_capacity: 2, target_per_instance: 2}}
    data_capture: {{sampling_percent: 100}}
  processors:
    kind: realtime
    model: {{framework: scikit-learn, version: "1.4-2", source: {source}}}
    instance_type: ml.m5.large
    scaling: {{track: utilization, metric: cpu, target_percent: 2, max_capacity: 2}}
  clock:
    kind: realtime
    model: {{framework: scikit-learn, version: "1.4-2", source: {source}}}
    instance_type: ml.m5.large
    instance_pools: [{{instance_type: ml.m6i.large, priority: 2}}]
    volume_size: 20GiB
    data_capture: {{sampling_percent: 100}}
    shadow_variant:
      model: {{framework: scikit-learn, version: "1.4-2", source: {source}}}
      instance_type: ml.m5.large
    scaling:
      track: schedule
      max_capacity: 1
      schedule: [{{at: "cron(0/20 * * * ? *)", timezone: Europe/Berlin, min_capacity: 2, max_capacity: 3}}]
"""
TICKET = json.dumps({"text": "where is my parcel"}).encode()


@pytest.fixture(scope="module")
def aws(
    checkout: Path, tmp_path_factory: pytest.TempPathFactory, deploy: Callable[..., CdkApp]
) -> Iterator[LocalAws]:
    """An embedded AWS with the fleet; an hour of SageMaker's is fifteen seconds here."""
    with LocalAws(tmp_path_factory.mktemp("scaled") / "home", time_scale=240) as aws:
        file = aws.home.root / "shop.yaml"
        source = os.path.relpath(checkout / "examples/models/ticket_intent", aws.home.root)
        file.write_text(FLEET.format(source=source))
        deploy(aws, file)
        yield aws


def test_requests_bring_an_instance_and_take_it_away(aws: LocalAws) -> None:
    """More than 2 a minute, which is a quarter of a second here, then fewer on each: out, and in again."""
    with asking(aws, "shop-requests", pause_s=0.0, callers=4):
        wait_for_instances(aws, "shop-requests", 2)
    with asking(aws, "shop-requests", pause_s=0.15):
        wait_for_instances(aws, "shop-requests", 1)
    causes = [each["Cause"] for each in activities(aws, "shop-requests")]

    assert "AlarmLow" in causes[0]
    assert "AlarmHigh" in causes[-1]


def test_busy_processors_bring_an_instance(aws: LocalAws) -> None:
    """The utilisation is that of the container's real process."""
    with asking(aws, "shop-processors", pause_s=0.0, callers=4):
        wait_for_instances(aws, "shop-processors", 2)

    assert "AlarmHigh" in activities(aws, "shop-processors")[-1]["Cause"]


def test_the_clock_changes_the_bounds(aws: LocalAws) -> None:
    """The action of the template is there, and has run when SageMaker's calendar came to it."""
    client = aws.client("application-autoscaling")
    resource = {"ServiceNamespace": "sagemaker", "ResourceIds": ["endpoint/shop-clock/variant/AllTraffic"]}

    def bounds() -> tuple[int, int]:
        (target,) = client.describe_scalable_targets(**resource)["ScalableTargets"]
        return target["MinCapacity"], target["MaxCapacity"]

    wait_for_instances(aws, "shop-clock", 2)
    (action,) = client.describe_scheduled_actions(ServiceNamespace="sagemaker")["ScheduledActions"]
    causes = [each["Cause"] for each in activities(aws, "shop-clock")]

    assert (2, 3) == bounds()
    assert ("cron(0/20 * * * ? *)", "Europe/Berlin") == (action["Schedule"], action["Timezone"])
    assert [f"scheduled action {action['ScheduledActionName']} ran"] == causes


def test_requests_and_answers_are_in_the_bucket(aws: LocalAws) -> None:
    """One line for each, where the template says, by endpoint, variant and hour."""
    aws.client("sagemaker-runtime").invoke_endpoint(
        EndpointName="shop-requests", Body=TICKET, ContentType="application/json"
    )
    config = aws.client("sagemaker").describe_endpoint(EndpointName="shop-requests")["DataCaptureConfig"]

    lines = wait_until("a captured request", lambda: captured(aws, config, "shop-requests/AllTraffic"))
    record = json.loads(lines.splitlines()[0])
    assert {"endpointInput", "endpointOutput"} == set(record["captureData"])
    assert "Started" == config["CaptureStatus"]


def test_a_shadow_gets_copies(aws: LocalAws) -> None:
    """It has an instance of its own, and what it answers is captured under its own name, told to nobody."""
    runtime, sagemaker = aws.client("sagemaker-runtime"), aws.client("sagemaker")
    answer = runtime.invoke_endpoint(
        EndpointName="shop-clock", Body=TICKET, ContentType="application/json", InferenceId="copied"
    )
    described = sagemaker.describe_endpoint(EndpointName="shop-clock")
    (shadow,) = described["ShadowProductionVariants"]
    config = described["DataCaptureConfig"]

    assert "AllTraffic" == answer["InvokedProductionVariant"]
    assert 1 == shadow["CurrentInstanceCount"]
    wait_until(
        "a captured copy of the request",
        lambda: captured(aws, config, f"shop-clock/{shadow['VariantName']}"),
        wanted=lambda lines: "copied" in lines,
    )
    assert "copied" in captured(aws, config, "shop-clock/AllTraffic")


def captured(aws: LocalAws, config: dict[str, Any], below: str) -> str:
    """All lines that were captured below a prefix of the destination."""
    bucket, _, prefix = config["DestinationS3Uri"].removeprefix("s3://").partition("/")
    s3 = aws.client("s3")
    listed = s3.list_objects_v2(Bucket=bucket, Prefix=f"{prefix}/{below}/").get("Contents", ())
    return "".join(s3.get_object(Bucket=bucket, Key=each["Key"])["Body"].read().decode() for each in listed)


@contextmanager
def asking(aws: LocalAws, endpoint: str, *, pause_s: float, callers: int = 1) -> Iterator[None]:
    """Have callers ask all the time, with pauses between their requests."""
    done, runtime = Event(), aws.client("sagemaker-runtime")

    def ask() -> None:
        while not done.wait(pause_s):
            runtime.invoke_endpoint(EndpointName=endpoint, Body=TICKET, ContentType="application/json")

    with ThreadPoolExecutor(callers) as pool:
        running = [pool.submit(ask) for _ in range(callers)]
        try:
            yield
        finally:
            done.set()
    for each in running:
        each.result()


def count(aws: LocalAws, endpoint: str) -> int:
    """The instances that are in service."""
    described: dict[str, Any] = aws.client("sagemaker").describe_endpoint(EndpointName=endpoint)
    (variant,) = described["ProductionVariants"]
    return int(variant["CurrentInstanceCount"])


def wait_for_instances(aws: LocalAws, endpoint: str, wanted: int) -> None:
    """Wait until so many are in service; what scaling did is shown when they never are."""
    wait_until(
        f"{wanted} instances of {endpoint}",
        lambda: (count(aws, endpoint), activities(aws, endpoint)),
        wanted=lambda seen: seen[0] == wanted,
        pause_s=0.2,
    )


def activities(aws: LocalAws, endpoint: str) -> list[dict[str, Any]]:
    """What scaling did, the newest first."""
    found = aws.client("application-autoscaling").describe_scaling_activities(
        ServiceNamespace="sagemaker", ResourceId=f"endpoint/{endpoint}/variant/AllTraffic"
    )
    return list(found["ScalingActivities"])
