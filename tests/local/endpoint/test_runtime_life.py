"""The life of an endpoint: created, scaled, asleep, awake, updated, rolled back, stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pilotlight.local.control_plane.endpoint_description import VariantDescription
from pilotlight.local.endpoint.async_invocation import AsyncInvocation

from .conftest import ERROR_TOPIC, SUCCESS_TOPIC, Endpoint, endpoint_config, eventually, model_record

pytestmark = pytest.mark.thorough

MODELS = {"tiny": model_record()}


def counts(endpoint: Endpoint) -> tuple[int, int]:
    """Current and desired instances."""
    (variant,) = endpoint.runtime.describe().variants
    return variant.current_instance_count, variant.desired_instance_count


def exists(pid: int) -> bool:
    """Whether a process is there."""
    return Path(f"/proc/{pid}").exists()


def invoke(endpoint: Endpoint, body: bytes = b"hello") -> None:
    """Put a request into the queue."""
    endpoint.runtime.invoke_async(AsyncInvocation("tickets", body=body))


def test_endpoint_is_described_before_its_instances_come(
    launch: Callable[..., Endpoint], tmp_path: Path
) -> None:
    """It is being created until every instance is in service."""
    ready = tmp_path / "ready"
    endpoint = launch(endpoint_config(count=2), ready_file=ready)
    first = endpoint.runtime.describe()
    ready.touch()

    assert ("Creating", "first") == (first.status, first.config_name)
    assert (VariantDescription("AllTraffic", 0, 2),) == first.variants
    assert (2, 2) == counts(endpoint.settles())
    assert 2 == len(endpoint.pids)


def test_containers_are_described_with_process_port_and_label(endpoint: Endpoint) -> None:
    """Status shows what really runs."""
    (container,) = endpoint.runtime.describe().containers

    assert ("real", "AllTraffic", True) == (container.label, container.variant, container.ready)
    assert container.image.endswith("tiny:1")
    assert exists(container.pid)


def test_endpoint_fails_when_its_container_does_not_start(launch: Callable[..., Endpoint]) -> None:
    """The reason says which variant, why, and where the log is; no container stays."""
    endpoint = launch(endpoint_config(model="broken")).settles("Failed")
    reason = str(endpoint.runtime.describe().failure_reason)

    assert (
        "production variant AllTraffic did not start. It ended before it passed the ping health check"
        in reason
    )
    assert "this image does not start" in Path(reason.rpartition("its log: ")[2].rstrip(")")).read_text()
    eventually(lambda: () == endpoint.runtime.describe().containers)


def test_endpoint_fails_when_nothing_can_run_its_image(launch: Callable[..., Endpoint]) -> None:
    """The refusal of the image becomes the failure reason."""
    endpoint = launch(image="somebody/else:1").settles("Failed")

    assert "got somebody/else:1, allowed" in str(endpoint.runtime.describe().failure_reason)


def test_endpoint_sleeps_and_wakes(endpoint: Endpoint) -> None:
    """At zero there is no process and requests wait; with capacity they are answered."""
    (pid,) = endpoint.pids
    endpoint.runtime.set_desired_instance_count("AllTraffic", 0)
    endpoint.settles()
    assert (0, 0) == counts(endpoint)
    assert not exists(pid)

    invoke(endpoint)
    eventually(lambda: 1.0 in endpoint.metrics.of("HasBacklogWithoutCapacity"))
    assert 1 == endpoint.runtime.describe().backlog

    before = len(endpoint.statuses)
    endpoint.runtime.set_desired_instance_count("AllTraffic", 1)
    assert "Updating" == endpoint.statuses[before]
    eventually(endpoint.aws.results)
    assert (1, 1) == counts(endpoint.settles())
    assert 0 == endpoint.runtime.describe().backlog


def test_instance_that_leaves_finishes_its_requests(endpoint: Endpoint, tmp_path: Path) -> None:
    """Scaling in drains: what runs on the instance ends there, once."""
    gate = tmp_path / "gate"
    invoke(endpoint, f"wait {gate}".encode())
    eventually(endpoint.host.executions_file("tickets").exists)
    endpoint.runtime.set_desired_instance_count("AllTraffic", 0)
    gate.touch()
    endpoint.settles()

    (result,) = eventually(endpoint.aws.results)
    assert "Completed" == result["invocationStatus"]
    assert 1 == len(endpoint.host.executions_file("tickets").read_text().split())


def test_update_replaces_the_instances_without_a_gap(endpoint: Endpoint, tmp_path: Path) -> None:
    """The new container is in service before the old one goes; results follow the new configuration."""
    (former,), ready = endpoint.pids, tmp_path / "ready"
    config = endpoint_config("second", S3OutputPath="s3://data/elsewhere")
    models = {"tiny": model_record(ready_file=ready)}
    endpoint.runtime.update(config, models, retain_variant_properties=False)
    during = endpoint.runtime.describe()
    ready.touch()
    endpoint.settles()
    invoke(endpoint)

    assert ("Updating", "first", 1) == (
        during.status,
        during.config_name,
        during.variants[0].current_instance_count,
    )
    assert "second" == endpoint.runtime.describe().config_name
    assert [former] != endpoint.pids
    assert not exists(former)
    (result,) = eventually(endpoint.aws.results)
    assert result["responseParameters"]["outputLocation"].startswith("s3://data/elsewhere/")


@pytest.mark.parametrize(("retains", "expected"), [(True, (2, 2)), (False, (1, 1))])
def test_update_keeps_the_scaled_count_only_if_told(endpoint: Endpoint, retains: bool, expected: Any) -> None:
    """RetainAllVariantProperties decides; without it an update resets what scaling did."""
    endpoint.runtime.set_desired_instance_count("AllTraffic", 2)
    endpoint.settles()
    endpoint.runtime.update(endpoint_config("second"), MODELS, retain_variant_properties=retains)

    assert expected == counts(endpoint.settles())


def test_update_of_a_sleeping_endpoint_does_not_wake_it(endpoint: Endpoint) -> None:
    """With its count retained, an endpoint at zero takes the new configuration asleep."""
    endpoint.runtime.set_desired_instance_count("AllTraffic", 0)
    endpoint.settles()
    endpoint.runtime.update(endpoint_config("second"), MODELS, retain_variant_properties=True)
    described = endpoint.settles().runtime.describe()

    assert ("second", (0, 0), ()) == (described.config_name, counts(endpoint), described.containers)


def test_update_that_fails_leaves_the_former_instances_in_service(endpoint: Endpoint) -> None:
    """Roll-back: the old configuration stays, the reason is shown, requests are answered all the time."""
    former = endpoint.pids
    config = endpoint_config("second", model="broken", S3OutputPath="s3://data/elsewhere")
    endpoint.runtime.update(
        config, {"broken": model_record("somebody/else:1")}, retain_variant_properties=False
    )
    described = endpoint.settles().runtime.describe()
    invoke(endpoint)

    assert ("first", former) == (described.config_name, endpoint.pids)
    assert "got somebody/else:1" in str(described.failure_reason)
    (result,) = eventually(endpoint.aws.results)
    assert result["responseParameters"]["outputLocation"].startswith("s3://data/out/")


def test_topics_are_tested_on_creation_update_and_scaling(endpoint: Endpoint) -> None:
    """Both topics get SageMaker's test notification each time."""

    def tests() -> list[str]:
        return sorted(
            topic
            for topic, message in list(endpoint.aws.published)
            if message == {"eventName": "TestNotification"}
        )

    both = [ERROR_TOPIC, SUCCESS_TOPIC]
    eventually(lambda: sorted(both) == tests())
    endpoint.runtime.update(endpoint_config("second"), MODELS, retain_variant_properties=True)
    eventually(lambda: sorted(both * 2) == tests())
    endpoint.settles().runtime.set_desired_instance_count("AllTraffic", 0)
    eventually(lambda: sorted(both * 3) == tests())


def test_backlog_is_sampled_once_a_minute(launch: Callable[..., Endpoint]) -> None:
    """Every sample carries all four metrics, with the endpoint as their only dimension."""
    endpoint = launch(scale=600)
    eventually(lambda: 2 <= len(endpoint.metrics.of("ApproximateBacklogSizePerInstance")))
    sampled = [each for each in endpoint.metrics.values if each[0].startswith(("Approximate", "HasBacklog"))]

    assert {
        "ApproximateBacklogSize",
        "ApproximateBacklogSizePerInstance",
        "ApproximateAgeOfOldestRequest",
        "HasBacklogWithoutCapacity",
    } == {name for name, _, _ in sampled}
    assert all({"EndpointName": "tickets"} == dimensions for _, dimensions, _ in sampled)


def test_nothing_is_left_after_stop(launch: Callable[..., Endpoint]) -> None:
    """All containers are gone when stop returns, whatever ran on them."""
    endpoint = launch(endpoint_config(count=2)).settles()
    invoke(endpoint, b"sleep 300")
    eventually(endpoint.host.executions_file("tickets").exists)
    pids = endpoint.pids
    endpoint.runtime.stop()

    assert [] == [pid for pid in pids if exists(pid)]


def test_endpoint_can_be_stopped_while_it_is_being_created(
    launch: Callable[..., Endpoint], home: Any
) -> None:
    """A container that is just starting does not survive either."""
    endpoint = launch(endpoint_config(count=2))
    pids = eventually(lambda: [each.pid for each in endpoint.runtime.describe().containers])
    endpoint.runtime.stop()

    assert [] == [pid for pid in pids if exists(pid)]
