"""The metrics of inference components."""

from __future__ import annotations

import pytest

from pilotlight.catalog import component_metrics
from pilotlight.catalog.metrics import MetricFact
from pilotlight.catalog.published import published_by
from pilotlight.catalog.scaling import predefined_name

FACTS = [each for each in vars(component_metrics).values() if isinstance(each, MetricFact)]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_a_component_publishes_under_its_own_name(fact: MetricFact) -> None:
    """The endpoint is not among the dimensions: names are unique in a region."""
    assert ("InferenceComponentName",) == fact.dimensions
    assert fact in published_by("inference-components")


def test_target_tracking_has_names_for_what_grows_with_the_requests() -> None:
    """One for each minute, one for each ten seconds."""
    assert [
        "SageMakerInferenceComponentInvocationsPerCopy",
        "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution",
    ] == [
        predefined_name(component_metrics.INVOCATIONS_PER_COPY),
        predefined_name(component_metrics.CONCURRENT_REQUESTS_PER_COPY),
    ]
