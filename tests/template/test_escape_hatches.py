"""What an escape hatch changes is what is read, or it is named where a fleet has no word for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from pilotlight.spec import FleetSpec
from pilotlight.template import FleetReading, Unread
from tests.template.every_field import ASYNC, MULTI_MODEL, REALTIME

pytestmark = pytest.mark.thorough

CONFIG = "Endpoint/Config"
RESOURCE = "Endpoint/Resource"
TARGET = "Endpoint/ScalingTarget"
TRACKED = "TargetTrackingScalingPolicyConfiguration.TargetValue"


@dataclass(frozen=True)
class Override:
    """A property of one resource of an endpoint; `field` is where its value is read."""

    spec: dict[str, Any]
    where: str
    path: str
    value: Any
    field: str = ""

    def __str__(self) -> str:
        return f"{self.spec['kind']}-{self.path}"


SAID = (
    Override(REALTIME, CONFIG, "ProductionVariants.0.InstanceType", "ml.c5.xlarge", "instance_type"),
    Override(REALTIME, CONFIG, "ProductionVariants.0.InitialVariantWeight", 0.25, "weight"),
    Override(ASYNC, TARGET, "MaxCapacity", 7, "scaling.max_capacity"),
    Override(ASYNC, "Endpoint/ScalingTracking", TRACKED, 2.5, "scaling.target_per_instance"),
    Override(ASYNC, "Endpoint/AlarmsFailures", "Threshold", 9, "alarms.failures"),
    Override(MULTI_MODEL, "Model/Resource", "EnableNetworkIsolation", True, "model.network_isolation"),
    Override(MULTI_MODEL, "Model/Resource", "PrimaryContainer.Image", "other:1", "model.image"),
)
BASELINE = {"ShapConfig": {"ShapBaselineConfig": {"MimeType": "text/csv"}}}
UNSAID = (
    Override(REALTIME, CONFIG, "ProductionVariants.0.AcceleratorType", "ml.eia2.medium"),
    Override(REALTIME, CONFIG, "ExplainerConfig", {"ClarifyExplainerConfig": BASELINE}),
    Override(REALTIME, RESOURCE, "RetainAllVariantProperties", False),
    Override(REALTIME, CONFIG, "DataCaptureConfig.DestinationS3Uri", "s3://elsewhere/capture"),
    Override(REALTIME, CONFIG, "ProductionVariants.0.VolumeSizeInGB", 1000),
    Override(ASYNC, CONFIG, "AsyncInferenceConfig.OutputConfig.S3OutputPath", "s3://elsewhere/out"),
    Override(ASYNC, "Endpoint/ScalingWakeAlarm", "DatapointsToAlarm", 2),
    Override(ASYNC, "Endpoint/AlarmsBacklogAge", "Period", 60),
    Override(ASYNC, "Endpoint/AlarmsFailures", "Statistic", "Average"),
    Override(ASYNC, RESOURCE, "DeploymentConfig.AutoRollbackConfiguration", {"Alarms": []}),
    Override(MULTI_MODEL, "Model/Resource", "PrimaryContainer.ModelDataUrl", "s3://elsewhere/"),
)
RENAMED = Override(ASYNC, RESOURCE, "EndpointName", "another")
ALL = (*SAID, *UNSAID, RENAMED)


def key(override: Override) -> str:
    """The key of the endpoint that has this override."""
    return f"x{ALL.index(override)}"


@pytest.fixture(scope="module")
def reading(read_back: Callable[..., FleetReading]) -> FleetReading:
    """A fleet with an endpoint for each override, read back."""

    def override_all(app: Any) -> None:
        for each in ALL:
            resource = app.node.find_child(f"Pilotlight-a-{key(each)}")
            for step in each.where.split("/"):
                resource = resource.node.find_child(step)
            resource.add_property_override(each.path, each.value)

    fleet = FleetSpec.model_validate({"name": "a", "endpoints": {key(each): each.spec for each in ALL}})
    return read_back(fleet, change=override_all)


def endpoint(reading: FleetReading, override: Override) -> Any:
    """What was read of the endpoint that has this override."""
    assert reading.fleet is not None
    return reading.fleet.endpoints[key(override)]


def notes(reading: FleetReading, override: Override) -> Sequence[Unread]:
    """What was not read of it."""
    return [each for each in reading.unread if each.place.stack == f"Pilotlight-a-{key(override)}"]


@pytest.mark.parametrize("override", SAID, ids=str)
def test_what_a_fleet_can_say_is_read(override: Override, reading: FleetReading) -> None:
    """As the fleet that would have deployed it."""
    found = endpoint(reading, override)
    for step in override.field.split("."):
        found = getattr(found, step)

    assert override.value == found
    assert [] == notes(reading, override)


@pytest.mark.parametrize("override", UNSAID, ids=str)
def test_what_a_fleet_cannot_say_is_named(override: Override, reading: FleetReading) -> None:
    """By logical id and property; the rest is read all the same."""
    named = [each.place.path.replace("[", ".").replace("]", "") for each in notes(reading, override)]

    assert override.spec["kind"] == endpoint(reading, override).kind
    assert named
    assert all(override.path.startswith(each) for each in named if each not in ROLLED_BACK_BY)
    assert all(each.place.logical_id for each in notes(reading, override))


ROLLED_BACK_BY = ("DeploymentConfig.AutoRollbackConfiguration",)
"""Without the endpoint's own alarm an update is rolled back by another one than a fleet means."""


def test_an_alarm_that_means_something_else_is_not_read(reading: FleetReading) -> None:
    """With another statistic its threshold is no number of failures."""
    (override,) = [each for each in UNSAID if each.path == "Statistic"]

    assert endpoint(reading, override).alarms.failures is None


def test_a_value_that_the_spec_refuses_is_named_in_its_words(reading: FleetReading) -> None:
    """The endpoint keeps its default there."""
    (override,) = [each for each in UNSAID if each.path.endswith("VolumeSizeInGB")]
    (unread,) = notes(reading, override)

    assert endpoint(reading, override).volume_size is None
    assert "volume_size: out of range, got 1000, allowed 1..512 GB" in unread.reason


def test_an_endpoint_of_another_name_has_lost_what_names_it(reading: FleetReading) -> None:
    """Scaling and alarms go by the old name, so they are about nothing that is there."""
    unread = {each.place.path: each.reason for each in notes(reading, RENAMED)}

    assert "a fleet names this endpoint a-" in unread["EndpointName"]
    assert (2, 2) == (
        endpoint(reading, RENAMED).scaling.min_capacity,
        endpoint(reading, RENAMED).scaling.max_capacity,
    )
    assert "no endpoint that was read needs it" in unread[""]
