"""Facts of batch transform: what AWS's own service models say."""

from __future__ import annotations

import re
from typing import Any

import pytest
from botocore.loaders import Loader
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotlight.catalog import batch_transform as facts
from pilotlight.catalog import naming
from pilotlight.catalog.evidence import Evidence
from pilotlight.catalog.instance_types import INSTANCE_TYPES
from pilotlight.catalog.limits import INT32_MAXIMUM, Limit

ALL = [each for each in vars(facts).values() if isinstance(each, Limit)]


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    """The shapes of SageMaker's API and of EventBridge Scheduler's."""
    loader = Loader()
    found = [loader.load_service_model(name, "service-2")["shapes"] for name in ("scheduler", "sagemaker")]
    return {**found[1], **found[0]}


@pytest.mark.parametrize(
    ("limit", "shape"),
    [
        (facts.JOB_NAME, "TransformJobName"),
        (facts.MAX_CONCURRENT_TRANSFORMS, "MaxConcurrentTransforms"),
        (facts.INVOCATION_TIMEOUT, "InvocationsTimeoutInSeconds"),
        (facts.INVOCATION_RETRIES, "InvocationsMaxRetries"),
        (facts.S3_URI, "S3Uri"),
        (facts.MIME_TYPE, "ContentType"),
        (facts.ENVIRONMENT_ENTRIES, "TransformEnvironmentMap"),
        (facts.ENVIRONMENT_KEY, "TransformEnvironmentKey"),
        (facts.ENVIRONMENT_VALUE, "TransformEnvironmentValue"),
        (facts.JSON_PATH, "JsonPath"),
        (facts.FLEXIBLE_WINDOW_MINUTES, "MaximumWindowInMinutes"),
        (facts.SCHEDULE_EVENT_AGE, "MaximumEventAgeInSeconds"),
        (facts.SCHEDULE_ATTEMPTS, "MaximumRetryAttempts"),
        (facts.SCHEDULE_TIMEZONE, "ScheduleExpressionTimezone"),
    ],
    ids=lambda value: value.name if isinstance(value, Limit) else "",
)
def test_a_limit_is_what_the_service_model_says(shapes: dict[str, Any], limit: Limit, shape: str) -> None:
    """Where the model says 0 at least of a length, or nothing of a number, that end may be ours."""
    found = shapes[shape]

    assert found.get("max", INT32_MAXIMUM) == limit.maximum
    assert limit.minimum is None or found["min"] in (0, limit.minimum)


@pytest.mark.parametrize(
    ("shape", "member", "says"),
    [
        (
            "TransformResources",
            "InstanceCount",
            f"the maximum is <code>{facts.INSTANCE_COUNT.maximum}</code>",
        ),
        ("CreateTransformJobRequest", "MaxPayloadInMB", "cannot be greater than 100 MB"),
        ("CreateTransformJobRequest", "MaxPayloadInMB", "also cannot exceed 100 MB"),
        ("CreateTransformJobRequest", "MaxPayloadInMB", "The default value is <code>6</code> MB"),
        ("ModelClientConfig", "InvocationsTimeoutInSeconds", "The default value is 600"),
        ("ModelClientConfig", "InvocationsMaxRetries", "The default value is 3"),
        ("CreateTransformJobRequest", "BatchStrategy", "To enable the batch strategy, you must set"),
        ("CreateTransformJobRequest", "MaxConcurrentTransforms", "the default value is <code>1</code>"),
    ],
)
def test_what_only_the_text_of_the_api_says_is_there(
    shapes: dict[str, Any], shape: str, member: str, says: str
) -> None:
    """When AWS changes the sentence, the limit is to be looked at again."""
    assert says in shapes[shape]["members"][member]["documentation"]


def test_jobs_run_on_the_types_of_the_api(shapes: dict[str, Any]) -> None:
    """Each of them can host endpoints as well, so that one list of sizes and prices is enough."""
    assert tuple(shapes["TransformInstanceType"]["enum"]) == facts.INSTANCE_TYPES
    assert {*facts.INSTANCE_TYPES} < {*INSTANCE_TYPES}


def test_the_states_that_last_are_states_of_the_api(shapes: dict[str, Any]) -> None:
    """A job is in progress, or being stopped, or has ended."""
    assert {"InProgress", "Stopping"} == {*shapes["TransformJobStatus"]["enum"]} - facts.ENDED


@pytest.mark.parametrize("limit", ALL, ids=lambda limit: limit.name)
def test_every_limit_has_a_source_and_a_default_within_it(limit: Limit) -> None:
    """A number without a source is a rumour."""
    assert limit.source.evidence is Evidence.DOCUMENTED
    assert limit.default is None or limit.allows(limit.default)


@settings(max_examples=20)
@given(name=st.from_regex(naming.ENDPOINT_NAME_PATTERN, fullmatch=True))
def test_every_job_name_is_one(name: str) -> None:
    """Sixteen digits of a hash, a dash and a retry of up to five digits follow the prefix."""
    job = f"{facts.job_name_prefix(name)}{'0' * 16}-{99999}"

    assert facts.JOB_NAME.allows(len(job))
    assert re.fullmatch(facts.JOB_NAME_PATTERN, job)
    assert name.startswith(facts.job_name_prefix(name).rstrip("-"))
