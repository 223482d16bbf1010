"""Facts about several containers on an instance: limits, names, metrics."""

from __future__ import annotations

import re

import pytest
from botocore.loaders import Loader

from pilotlight.catalog import containers
from pilotlight.catalog.containers import CONTAINER
from pilotlight.catalog.evidence import Evidence
from pilotlight.catalog.metrics import MetricFact
from pilotlight.catalog.published import published_by

SHAPES = Loader().load_service_model("sagemaker", "service-2")["shapes"]
FACTS = [each for each in vars(containers).values() if isinstance(each, MetricFact)]


def test_the_most_containers_and_their_names_are_those_of_the_service_model() -> None:
    """The least are two: a model of one container has a primary one."""
    assert (2, SHAPES["ContainerDefinitionList"]["max"]) == (
        containers.CONTAINERS.minimum,
        containers.CONTAINERS.maximum,
    )
    assert SHAPES["ContainerHostname"]["pattern"] == containers.HOSTNAME_PATTERN
    assert re.fullmatch(containers.HOSTNAME_PATTERN, "a" * SHAPES["ContainerHostname"]["max"])


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_a_container_publishes_under_its_name(fact: MetricFact) -> None:
    """Beside the endpoint and the variant; a pipeline only tells how long each of its containers took."""
    assert CONTAINER == fact.dimensions
    assert fact in published_by("multi-container")
    assert ("pipeline" in fact.kinds) is (fact is containers.CONTAINER_LATENCY)
    assert fact.source.evidence is Evidence.DOCUMENTED
