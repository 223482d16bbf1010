"""Instances publish how busy and how full they are, from the real processes of their containers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.home import Home

from .hosted import IMAGE, Hosted, config_of, model_of

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="it reads Linux's /proc"),
    pytest.mark.thorough,
]

GPU_IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130"


@pytest.fixture
def hosting(home: Home, listed_metrics: Any, settled: Any) -> Iterator[Callable[..., Hosted]]:
    """Makes endpoints in service, in whose time a minute is a quarter of a second."""
    running: list[Hosted] = []

    def make(config: EndpointConfigRecord | None = None, image: str = IMAGE) -> Hosted:
        models = {"model": model_of(PrimaryContainer={"Image": image})}
        running.append(
            Hosted(home, listed_metrics, config_of() if config is None else config, models, scale=240)
        )
        settled(running[-1].runtime)
        return running[-1]

    yield make
    for hosted in running:
        hosted.runtime.stop()


def test_a_busy_container_shows(hosting: Callable[..., Hosted], soon: Any) -> None:
    """It works as much as this machine lets it, which may be busy with others; at rest it does not."""
    hosted = hosting()
    soon(lambda: hosted.metrics.of("CPUUtilization"))
    with ThreadPoolExecutor(1) as callers:
        busy = callers.submit(hosted.ask, "burn 1")
        soon(lambda: max(hosted.metrics.of("CPUUtilization")) > 5)
        busy.result()
    soon(lambda: hosted.metrics.of("CPUUtilization")[-1] < 2)

    assert max(hosted.metrics.of("CPUUtilization")) <= 200  # an ml.m5.large has two


def test_memory_and_disk_are_those_of_the_container(hosting: Callable[..., Hosted], soon: Any) -> None:
    """A Python process has some megabytes of the 8 GiB of an ml.m5.large, its folder some of a volume."""
    hosted = hosting(
        config_of(ModelName="model", InstanceType="ml.m5.large", InitialInstanceCount=1, VolumeSizeInGB=1)
    )
    memory = soon(lambda: hosted.metrics.of("MemoryUtilization"))[0]
    (disk,) = set(hosted.metrics.of("DiskUtilization")[:1])

    assert 0.03 < memory < 3
    assert 0 <= disk < 1


def test_every_instance_publishes_for_its_variant(hosting: Callable[..., Hosted], soon: Any) -> None:
    """The dimensions are those of AWS; two instances publish twice what one does."""
    hosted = hosting(config_of(ModelName="model", InstanceType="ml.m5.large", InitialInstanceCount=2))
    soon(lambda: len(hosted.metrics.of("CPUUtilization")) >= 4)
    dimensions = [each for name, each, _ in list(hosted.metrics.values) if name == "CPUUtilization"]

    assert all({"EndpointName": "ranker", "VariantName": "AllTraffic"} == each for each in dimensions)
    assert 2 == len(hosted.runtime._utilization._seen)


def test_the_configuration_says_how_often(hosting: Callable[..., Hosted], soon: Any) -> None:
    """Every two minutes: far fewer values than of the concurrency, which comes six times a minute."""
    config = EndpointConfigRecord.parse(
        {
            "ProductionVariants": [
                {
                    "VariantName": "AllTraffic",
                    "ModelName": "model",
                    "InstanceType": "ml.m5.large",
                    "InitialInstanceCount": 1,
                }
            ],
            "MetricsConfig": {"MetricPublishFrequencyInSeconds": 120},
        },
        name="first",
        arn="arn:first",
        created=datetime.now(UTC),
    )
    hosted = hosting(config)
    soon(lambda: len(hosted.metrics.of("CPUUtilization")) >= 2)

    assert len(hosted.metrics.of("ConcurrentRequestsPerModel")) > 4


def test_a_stand_in_publishes_nothing_of_itself(hosting: Callable[..., Hosted], soon: Any) -> None:
    """What a stand-in uses says nothing of the model."""
    hosted = hosting(
        config_of(ModelName="model", InstanceType="ml.g5.xlarge", InitialInstanceCount=1), GPU_IMAGE
    )
    soon(lambda: len(hosted.metrics.of("ConcurrentRequestsPerModel")) > 12)

    assert [] == hosted.metrics.of("CPUUtilization")
