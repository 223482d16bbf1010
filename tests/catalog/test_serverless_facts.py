"""Facts about serverless inference: sizes, limits, metrics, and how it scales."""

from __future__ import annotations

import pytest
from botocore.loaders import Loader

from pilotlight.catalog import metrics, serverless
from pilotlight.catalog.evidence import Evidence
from pilotlight.catalog.limits import Limit
from pilotlight.catalog.metrics import MetricFact
from pilotlight.catalog.published import published_by
from pilotlight.catalog.scaling import predefined_name

SHAPES = Loader().load_service_model("sagemaker", "service-2")["shapes"]
LIMITS = [each for each in vars(serverless).values() if isinstance(each, Limit)]


@pytest.mark.parametrize(
    ("limit", "shape"),
    [
        (serverless.MEMORY, "ServerlessMemorySizeInMB"),
        (serverless.MAX_CONCURRENCY, "ServerlessMaxConcurrency"),
        (serverless.PROVISIONED_CONCURRENCY, "ServerlessProvisionedConcurrency"),
    ],
)
def test_a_limit_is_what_the_service_model_says(limit: Limit, shape: str) -> None:
    """The catalogue repeats AWS's numbers."""
    assert (SHAPES[shape]["min"], SHAPES[shape]["max"]) == (limit.minimum, limit.maximum)


def test_every_limit_has_a_source() -> None:
    """A number without a source is a rumour."""
    assert {Evidence.DOCUMENTED} == {each.source.evidence for each in LIMITS}


def test_there_are_six_sizes() -> None:
    """Whole gigabytes, one to six."""
    ends = (serverless.MEMORY.minimum, serverless.MEMORY.maximum)
    least, most = (end or 0 for end in ends)

    assert 6 == len(range(least, most + 1, serverless.MEMORY_STEP))


def test_what_is_published_is_the_list_of_the_guide() -> None:
    """It is exhaustive: any metric that is not listed is not published."""
    assert {
        "Invocations",
        "Invocation4XXErrors",
        "Invocation5XXErrors",
        "MemoryUtilization",
        "ModelLatency",
        "ModelSetupTime",
        "OverheadLatency",
        "ServerlessConcurrentExecutionsUtilization",
        "ServerlessProvisionedConcurrencyExecutions",
        "ServerlessProvisionedConcurrencyInvocations",
        "ServerlessProvisionedConcurrencySpilloverInvocations",
        "ServerlessProvisionedConcurrencyUtilization",
    } == {fact.name for fact in published_by("serverless")}


def test_metrics_of_concurrency_belong_to_the_variant() -> None:
    """And the one that scaling follows has a name of its own for target tracking."""
    facts = [each for each in vars(serverless).values() if isinstance(each, MetricFact)]

    assert {metrics.VARIANT} == {each.dimensions for each in facts}
    assert "SageMakerVariantProvisionedConcurrencyUtilization" == predefined_name(
        serverless.PROVISIONED_CONCURRENCY_UTILIZATION
    )
