"""Inference components run: copies on shared instances, to zero and awake again, updated and removed."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pilotlight.local.control_plane.container_definition import ContainerDefinition
from pilotlight.local.control_plane.deployed_component import DeployedComponent, ReservedResources
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.endpoint_description import ComponentDescription
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.endpoint.direct_invocation import DirectInvocation
from pilotlight.local.home import Home

from .hosted import BROKEN, IMAGE, Hosted, config_of

pytestmark = pytest.mark.thorough

FAST = 3600.0
"""An hour in a second: ten idle minutes last a sixth of one."""

CORE = ReservedResources(cores=1, memory_mib=1024)
"""Of an ml.m5.large, which has two of them."""


def on(
    name: str = "first", *, count: int = 1, most: int | None = None, least: int = 0
) -> EndpointConfigRecord:
    """A configuration that hosts components on ml.m5.large. most: of managed instances; None: unmanaged."""
    managed = {"Status": "ENABLED", "MinInstanceCount": least, "MaxInstanceCount": most}
    return config_of(
        name,
        VariantName="AllTraffic",
        InstanceType="ml.m5.large",
        InitialInstanceCount=count,
        **({} if most is None else {"ManagedInstanceScaling": managed}),
    )


def component(
    name: str = "intent",
    *,
    copies: int = 1,
    image: str = IMAGE,
    environment: Mapping[str, str] | None = None,
    **said: Any,
) -> DeployedComponent:
    """A component whose copies take a core each."""
    given = {"reserves": CORE, **said}
    container = ContainerDefinition(image=image, environment={} if environment is None else environment)
    return DeployedComponent(name, "AllTraffic", container, copies=copies, **given)


@pytest.fixture
def launched(home: Home, listed_metrics: Any, soon: Callable[..., Any]) -> Iterator[Callable[..., Hosted]]:
    """Makes endpoints that are in service, with components that are. scale: of the clock."""
    running: list[Hosted] = []

    def make(config: EndpointConfigRecord, *components: DeployedComponent, scale: float = 60.0) -> Hosted:
        hosted = Hosted(home, listed_metrics, config, {}, scale=scale)
        running.append(hosted)
        soon(lambda: hosted.runtime.describe().status == "InService")
        for each in components:
            hosted.runtime.put_component(each)
        soon(lambda: all(each.status == "InService" for each in hosted.runtime.describe().components))
        return hosted

    yield make
    for hosted in running:
        hosted.runtime.stop()


def shown(hosted: Hosted, name: str = "intent") -> ComponentDescription:
    """A component as it is described."""
    [found] = [each for each in hosted.runtime.describe().components if each.name == name]
    return found


def instances(hosted: Hosted) -> int:
    """How many instances there are."""
    return int(hosted.runtime.describe().variants[0].current_instance_count)


def test_components_share_an_instance(launched: Callable[..., Hosted]) -> None:
    """Each has a process of its own, and its requests name it."""
    hosted = launched(on(), component("intent"), component("language"))

    assert "HELLO" == hosted.ask("hello", component="language")
    containers = hosted.runtime.describe().containers
    assert {"intent", "language"} == {each.part for each in containers}
    assert 2 == len({each.pid for each in containers})
    assert 1 == instances(hosted)


def test_a_component_publishes_under_its_own_name(launched: Callable[..., Hosted]) -> None:
    """Invocations and latency, without endpoint and variant."""
    hosted = launched(on(), component())
    hosted.ask("hello", component="intent")

    dimensions = [each for name, each, _ in hosted.metrics.values if name in {"Invocations", "ModelLatency"}]
    assert [{"InferenceComponentName": "intent"}] * 2 == dimensions


@pytest.mark.skipif(sys.platform != "linux", reason="it reads Linux's /proc")
def test_an_instance_publishes_what_its_copies_use(launched: Callable[..., Hosted], soon: Any) -> None:
    """For its variant; an instance without copies publishes nothing."""
    hosted = launched(on(), component("intent"), component("language"), scale=240)
    soon(lambda: len(hosted.metrics.of("MemoryUtilization")) > 1)
    hosted.runtime.remove_component("intent")
    hosted.runtime.remove_component("language")
    soon(lambda: hosted.runtime.describe().components == ())
    soon(lambda: hosted.runtime._utilization._seen == {})

    assert min(hosted.metrics.of("MemoryUtilization")) > 0
    assert {"EndpointName": "ranker", "VariantName": "AllTraffic"} in [
        each for name, each, _ in hosted.metrics.values if name == "CPUUtilization"
    ]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Inference Component Name header is required"),
        ({"component": "x"}, 'Inference Component "x" was not found'),
        ({"component": "intent", "target_model": "a"}, "TargetModel must not be given"),
    ],
)
def test_fails_when_no_component_is_named(
    launched: Callable[..., Hosted], said: dict[str, str], words: str
) -> None:
    """A ValidationError in SageMaker's words."""
    hosted = launched(on(), component())

    with pytest.raises(ApiError, match=words) as refused:
        hosted.ask("hello", **said)
    assert ("ValidationError", 400) == (refused.value.code, refused.value.status)


def test_a_component_without_copies_refuses_and_counts_it(
    launched: Callable[..., Hosted], soon: Callable[..., Any]
) -> None:
    """The request is not queued; the metric is what wakes it."""
    hosted = launched(on(), component())
    hosted.runtime.set_copies("intent", 0)
    soon(lambda: shown(hosted).current_copies == 0 and shown(hosted).status == "InService")

    with pytest.raises(
        ApiError, match="Inference Component has no capacity to process this request"
    ) as refused:
        hosted.ask("hello", component="intent")
    assert ("ValidationError", 400) == (refused.value.code, refused.value.status)
    assert [1.0] == hosted.metrics.of("NoCapacityInvocationFailures")
    assert [] == hosted.metrics.of("Invocations")


def test_copies_share_the_requests(launched: Callable[..., Hosted]) -> None:
    """Each copy has its share of the instance, and its process."""
    hosted = launched(on(), component(copies=2))
    with ThreadPoolExecutor(2) as callers:
        asked = [callers.submit(hosted.ask, "sleep 0.3", component="intent") for _ in range(2)]
        answers = [each.result() for each in asked]

    assert ["SLEEP 0.3"] * 2 == answers
    assert 2 == len(hosted.pids())
    assert [0.5, 0.5] == [each for each in hosted.metrics.of("InvocationsPerCopy") if each]


def test_instances_come_for_copies_that_have_no_room(
    launched: Callable[..., Hosted], soon: Callable[..., Any], tmp_path: Path
) -> None:
    """A third copy of one core each does not fit on two cores."""
    ready = tmp_path / "ready"
    ready.touch()
    hosted = launched(on(most=3), component(copies=2, environment={"READY_FILE": str(ready)}))
    ready.unlink()
    hosted.runtime.set_copies("intent", 3)

    assert "Updating" == shown(hosted).status
    ready.touch()
    soon(lambda: shown(hosted).current_copies == 3 and shown(hosted).status == "InService")
    assert 2 == instances(hosted)


def test_to_zero_and_back(launched: Callable[..., Hosted], soon: Callable[..., Any]) -> None:
    """Without copies the instances go; the first copy brings one back."""
    hosted = launched(on(most=2), component(), scale=FAST)
    hosted.runtime.set_copies("intent", 0)
    soon(lambda: instances(hosted) == 0 and hosted.runtime.describe().status == "InService")
    soon(lambda: not hosted.runtime.describe().containers)

    hosted.runtime.set_copies("intent", 1)
    soon(lambda: shown(hosted).current_copies == 1 and shown(hosted).status == "InService")
    assert 1 == instances(hosted)
    assert "HELLO" == hosted.ask("hello", component="intent")


def test_fails_when_no_instance_has_room(launched: Callable[..., Hosted], soon: Callable[..., Any]) -> None:
    """The new component fails with SageMaker's words; the other one serves on."""
    hosted = launched(on(), component(copies=2))
    hosted.runtime.put_component(component("language"))
    soon(lambda: shown(hosted, "language").status == "Failed")

    assert str(shown(hosted, "language").failure_reason).startswith("There is not enough hardware resources")
    assert "HELLO" == hosted.ask("hello", component="intent")


def test_fails_when_a_copy_is_larger_than_an_instance(
    launched: Callable[..., Hosted], soon: Callable[..., Any]
) -> None:
    """No number of instances would help."""
    hosted = launched(on(most=5))
    hosted.runtime.put_component(component(reserves=ReservedResources(cores=3, memory_mib=1024)))
    soon(lambda: shown(hosted).status == "Failed")

    assert 1 == instances(hosted)


def test_more_copies_than_there_is_room_for_settle_for_what_fits(
    launched: Callable[..., Hosted], soon: Callable[..., Any]
) -> None:
    """It is in service with those, and says why."""
    hosted = launched(on(), component())
    hosted.runtime.set_copies("intent", 5)
    soon(lambda: shown(hosted).status == "InService" and shown(hosted).failure_reason)

    assert (2, 2) == (shown(hosted).current_copies, shown(hosted).desired_copies)


def test_fails_when_the_container_does_not_start(
    launched: Callable[..., Hosted], soon: Callable[..., Any]
) -> None:
    """And nothing of it stays on the instance."""
    hosted = launched(on())
    hosted.runtime.put_component(component(image=BROKEN))
    soon(lambda: shown(hosted).status == "Failed")
    soon(lambda: not hosted.runtime.describe().containers)

    assert "ended before it passed the ping health check" in str(shown(hosted).failure_reason)


def test_an_update_replaces_the_copies_one_after_the_other(
    launched: Callable[..., Hosted], soon: Callable[..., Any]
) -> None:
    """Somebody can answer all the time."""
    hosted = launched(on(most=2), component(copies=2))
    before = set(hosted.pids())
    hosted.runtime.put_component(component(copies=2, startup_health_check_timeout_s=300))
    while shown(hosted).status == "Updating":
        assert "HELLO" == hosted.ask("hello", component="intent")

    assert "InService" == shown(hosted).status
    soon(lambda: len(hosted.pids()) == 2)
    assert not before & set(hosted.pids())


def test_an_update_that_fails_goes_back(launched: Callable[..., Hosted], soon: Callable[..., Any]) -> None:
    """The former copies serve, and the reason is told."""
    hosted = launched(on(), component())
    hosted.runtime.put_component(component(image=BROKEN))
    soon(lambda: shown(hosted).status == "InService" and shown(hosted).failure_reason)

    assert "HELLO" == hosted.ask("hello", component="intent")


def test_a_dead_copy_is_replaced(launched: Callable[..., Hosted], soon: Callable[..., Any]) -> None:
    """On the room that it leaves."""
    hosted = launched(on(), component())
    before = hosted.pids()
    os.kill(before[0], signal.SIGKILL)

    soon(lambda: hosted.pids() and hosted.pids() != before)
    soon(lambda: shown(hosted).current_copies == 1)
    assert "HELLO" == hosted.ask("hello", component="intent")


def test_a_removed_component_is_gone_with_its_copies(
    launched: Callable[..., Hosted], soon: Callable[..., Any]
) -> None:
    """The others stay."""
    hosted = launched(on(), component("intent"), component("language"))
    hosted.runtime.remove_component("intent")
    soon(lambda: [each.name for each in hosted.runtime.describe().components] == ["language"])

    assert {"language"} == {each.part for each in hosted.runtime.describe().containers}
    with pytest.raises(ApiError, match='"intent" was not found'):
        hosted.ask("hello", component="intent")


def test_an_adapter_is_answered_by_the_copies_of_its_base(
    launched: Callable[..., Hosted], soon: Callable[..., Any]
) -> None:
    """It has none of its own, and sleeps and wakes with its base."""
    hosted = launched(on(), component(), component("formal", base="intent", reserves=ReservedResources()))

    assert "HELLO" == hosted.ask("hello", component="formal")
    assert 1 == len(hosted.pids())
    assert (1, "InService") == (shown(hosted, "formal").current_copies, shown(hosted, "formal").status)
    hosted.runtime.remove_component("formal")
    soon(lambda: len(hosted.runtime.describe().components) == 1)


def test_a_failed_component_can_be_removed(launched: Callable[..., Hosted], soon: Callable[..., Any]) -> None:
    """It holds nothing any more."""
    hosted = launched(on())
    hosted.runtime.put_component(component(image=BROKEN))
    soon(lambda: shown(hosted).status == "Failed")
    hosted.runtime.remove_component("intent")

    soon(lambda: hosted.runtime.describe().components == ())


def test_components_answer_in_streams(launched: Callable[..., Hosted]) -> None:
    """The streaming call names them too."""
    hosted = launched(on(), component())

    stream = hosted.runtime.invoke_stream(DirectInvocation("ranker", b"hello", component="intent"))

    assert b"HELLO" in b"".join(stream.messages)


def test_another_configuration_moves_the_copies(
    launched: Callable[..., Hosted], soon: Callable[..., Any]
) -> None:
    """They are placed on the instances of the new one; the former instance goes."""
    hosted = launched(on(), component())
    before = hosted.pids()
    hosted.runtime.update(on("second", most=3), {}, retain_variant_properties=False)
    soon(lambda: hosted.runtime.describe().config_name == "second")
    soon(lambda: hosted.runtime.describe().status == "InService" and shown(hosted).current_copies == 1)

    assert before != hosted.pids()
    assert "HELLO" == hosted.ask("hello", component="intent")
    hosted.runtime.set_copies("intent", 3)
    soon(lambda: shown(hosted).current_copies == 3)


def test_instances_can_be_counted_by_hand(launched: Callable[..., Hosted], soon: Callable[..., Any]) -> None:
    """UpdateEndpointWeightsAndCapacities works here too."""
    hosted = launched(on(), component())
    hosted.runtime.set_desired_instance_count("AllTraffic", 2)

    soon(lambda: instances(hosted) == 2 and hosted.runtime.describe().status == "InService")
    assert "HELLO" == hosted.ask("hello", component="intent")
