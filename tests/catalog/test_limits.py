"""Limits: what AWS's own service models say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.loaders import Loader

from pilotlight.catalog import limits, naming, scaling
from pilotlight.catalog.evidence import Evidence
from pilotlight.catalog.limits import Limit

ShapeOf = Callable[[str, str], dict[str, Any]]
ALL = {
    name: limit
    for module in (limits, scaling)
    for name, limit in vars(module).items()
    if isinstance(limit, Limit)
}


@pytest.fixture(scope="module")
def shape_of() -> ShapeOf:
    """Look up shapes of the installed botocore."""
    loader = Loader()
    models: dict[str, Any] = {}

    def shape(service: str, name: str) -> dict[str, Any]:
        if service not in models:
            models[service] = loader.load_service_model(service, "service-2")["shapes"]
        found: dict[str, Any] = models[service][name]
        return found

    return shape


@pytest.mark.parametrize(
    ("limit", "service", "shape"),
    [
        (limits.VOLUME_SIZE_GB, "sagemaker", "ProductionVariantVolumeSizeInGB"),
        (
            limits.MODEL_DATA_DOWNLOAD_TIMEOUT,
            "sagemaker",
            "ProductionVariantModelDataDownloadTimeoutInSeconds",
        ),
        (
            limits.STARTUP_HEALTH_CHECK_TIMEOUT,
            "sagemaker",
            "ProductionVariantContainerStartupHealthCheckTimeoutInSeconds",
        ),
        (limits.ASYNC_MAX_CONCURRENT_INVOCATIONS, "sagemaker", "MaxConcurrentInvocationsPerInstance"),
        (limits.DEPLOYMENT_WAIT, "sagemaker", "WaitIntervalInSeconds"),
        (limits.DEPLOYMENT_TERMINATION_WAIT, "sagemaker", "TerminationWaitInSeconds"),
        (limits.DEPLOYMENT_TIMEOUT, "sagemaker", "MaximumExecutionTimeoutInSeconds"),
        (limits.ROLLBACK_ALARMS, "sagemaker", "AlarmList"),
        (limits.TAG_KEY, "sagemaker", "TagKey"),
        (limits.TAG_VALUE, "sagemaker", "TagValue"),
        (limits.ASYNC_REQUEST_TTL, "sagemaker-runtime", "RequestTTLSecondsHeader"),
        (limits.ASYNC_INVOCATION_TIMEOUT, "sagemaker-runtime", "InvocationTimeoutSecondsHeader"),
        (limits.INFERENCE_ID, "sagemaker-runtime", "InferenceId"),
        (limits.REPOSITORY_NAME, "ecr", "RepositoryName"),
        (limits.IMAGE_TAG, "ecr", "ImageTag"),
    ],
    ids=lambda value: value.name if isinstance(value, Limit) else "",
)
def test_a_limit_is_what_the_service_model_says(
    shape_of: ShapeOf, limit: Limit, service: str, shape: str
) -> None:
    """The catalogue repeats AWS's numbers, it does not invent them."""
    found = shape_of(service, shape)

    assert (found["min"], found["max"]) == (limit.minimum, limit.maximum)


@pytest.mark.parametrize(
    ("limit", "shape"),
    [
        (limits.ENDPOINT_NAME, "EndpointName"),
        (limits.IMAGE_URI, "ContainerImage"),
        (limits.MODEL_DATA_URL, "Url"),
        (limits.ENVIRONMENT_ENTRIES, "EnvironmentMap"),
        (limits.ENVIRONMENT_TEXT, "EnvironmentValue"),
        (limits.TAGS, "TagList"),
    ],
    ids=lambda value: value.name if isinstance(value, Limit) else "",
)
def test_a_greatest_length_is_what_the_service_model_says(
    shape_of: ShapeOf, limit: Limit, shape: str
) -> None:
    """Where the model says 0 at least, only the other end is a limit."""
    assert shape_of("sagemaker", shape)["max"] == limit.maximum


def test_endpoint_names_have_sagemakers_pattern(shape_of: ShapeOf) -> None:
    """What we call a name for an endpoint is what SageMaker takes."""
    assert shape_of("sagemaker", "EndpointName")["pattern"] == naming.ENDPOINT_NAME_PATTERN


def test_every_limit_has_a_source() -> None:
    """A number without a source is a rumour."""
    assert [] == [
        name
        for name, limit in ALL.items()
        if limit.source.evidence is not Evidence.DOCUMENTED or not limit.source.text
    ]


def test_every_default_is_within_its_limit() -> None:
    """What AWS takes for granted it also takes."""
    assert [] == [
        name for name, limit in ALL.items() if limit.default is not None and not limit.allows(limit.default)
    ]


def test_both_ends_belong_to_a_limit() -> None:
    """AWS's limits are inclusive."""
    limit = limits.ROLLING_BATCH_PERCENT

    assert [False, True, True, False] == [limit.allows(value) for value in (4, 5, 50, 51)]


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (limits.ROLLING_BATCH_PERCENT, "5..50 percent of capacity"),
        (limits.IMAGE_URI, "at most 255 characters"),
        (limits.INITIAL_INSTANCE_COUNT, "1 or more instances"),
    ],
    ids=["both ends", "greatest", "least"],
)
def test_a_limit_reads_as_what_is_allowed(limit: Limit, text: str) -> None:
    """Refusals say limits the way people do; an integer's own range is no limit worth saying."""
    assert text == str(limit)
