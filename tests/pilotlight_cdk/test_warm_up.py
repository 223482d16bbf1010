"""What keeps models warm: a schedule that is never repeated, a function that may do little."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from pilotlight.catalog import warm_up as catalog
from pilotlight.spec import (
    AsyncSpec,
    ContainerSpec,
    FleetRefused,
    ModelSpec,
    MultiContainerSpec,
    MultiModelSpec,
    RealtimeSpec,
    ServerlessSpec,
)
from pilotlight_cdk import EndpointByName, ModelStore, WarmUp, WarmUpSample, WarmUpSpec

TARGET = {"track": "invocations", "target_per_instance": 225, "min_capacity": 1, "max_capacity": 4}
OPEN: Any = ModelSpec(image="c:1", network_isolation=False)
HOSTED = {
    "model": {"image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/ours:1"},
    "instance_type": "ml.m5.large",
}


def endpoint(**keywords: Any) -> EndpointByName:
    """An endpoint of many models, in another stack."""
    return EndpointByName("showcase-embeddings", MultiModelSpec.model_validate(HOSTED | keywords))


ONE_MODEL = EndpointByName("showcase-codegen", RealtimeSpec.model_validate(HOSTED))


@pytest.fixture(scope="module")
def warming(new_stack):
    """Give what warms an endpoint in a stack of its own."""
    from aws_cdk import aws_kms as kms  # noqa: PLC0415 - after Node was found
    from aws_cdk import aws_s3 as s3  # noqa: PLC0415 - as above
    from aws_cdk import aws_sns as sns  # noqa: PLC0415 - as above

    def make(named: Any = None, *, single: bool = False, given: Any = None, **terms: Any) -> Any:
        stack = new_stack()
        key = kms.Key.from_key_arn(stack, "Key", "arn:aws:kms:us-east-1:123456789012:key/k")
        bucket = s3.Bucket.from_bucket_name(stack, "Data", "data")
        WarmUp(
            stack,
            "WarmUp",
            endpoint=endpoint() if named is None else named,
            models=None if single else ModelStore(bucket, "models/embeddings/", key),
            terms=WarmUpSpec(**terms) if given is None else given,
            encryption_key=key,
            alarm_topic=sns.Topic.from_topic_arn(stack, "Topic", "arn:aws:sns:us-east-1:123456789012:alarms"),
        )
        return stack

    return make


@pytest.fixture(scope="module")
def warmed(warming, resources_of):
    """Give the resources of a stack that warms an endpoint."""
    return lambda *named, **terms: resources_of(warming(*named, **terms))


@pytest.fixture(scope="module")
def plain(warmed) -> Any:
    """The resources of a warm-up with nothing but defaults."""
    return warmed()


@pytest.fixture(scope="module")
def variables():
    """Give what reads the environment of the function."""

    def read(resources: Any) -> dict[str, str]:
        return resources.one("Lambda::Function")["Environment"]["Variables"]

    return read


def test_nothing_is_left_to_the_security_checks(warming, findings_of) -> None:
    """Neither for models below a prefix, nor for a single one."""
    assert [] == findings_of(warming())
    assert [] == findings_of(warming(ONE_MODEL, single=True, sample=WarmUpSample(body="a,b")))


def test_a_run_comes_once_an_hour_and_alone(plain) -> None:
    """It is never repeated, never overlaps another, and a failed one is told to the topic."""
    schedule = plain.one("Scheduler::Schedule")
    invoke = plain.one("Lambda::EventInvokeConfig")

    assert "rate(60 minutes)" == schedule["ScheduleExpression"]
    assert 0 == schedule["Target"]["RetryPolicy"]["MaximumRetryAttempts"]
    assert 1 == plain.one("Lambda::Function")["ReservedConcurrentExecutions"]
    assert 0 == invoke["MaximumRetryAttempts"]
    destination = invoke["DestinationConfig"]["OnFailure"]["Destination"]
    assert "arn:aws:sns:us-east-1:123456789012:alarms" == destination


def test_the_function_is_told_everything_it_reads(plain, variables) -> None:
    """And nothing else but its name."""
    found = variables(plain)

    assert {*catalog.ENVIRONMENT, "POWERTOOLS_SERVICE_NAME"} == {*found}
    assert catalog.SERVICE == found["POWERTOOLS_SERVICE_NAME"]


def test_it_may_invoke_one_endpoint_and_read_its_models(plain) -> None:
    """And what artefacts declare in their metadata; no other endpoint, no object elsewhere."""
    invoke = plain.statement("WarmUpFunction", "sagemaker:InvokeEndpoint")
    assert "sagemaker:InvokeEndpoint" == invoke["Action"]
    assert str(invoke["Resource"]).endswith(":endpoint/showcase-embeddings']]}")
    read = plain.statement("WarmUpFunction", "s3:GetObject")
    assert "arn:aws:s3:::data/models/embeddings/*" == read["Resource"]
    listing = plain.statement("WarmUpFunction", "s3:ListBucket")
    assert {"StringEquals": {"s3:prefix": "models/embeddings/"}} == listing["Condition"]


@pytest.mark.parametrize(
    ("keywords", "terms", "told"),
    [
        ({}, {}, (16384, "")),
        ({"gpu_memory_percent": 80, "scaling": TARGET, "model_memory": "900MiB"}, {}, (13107, "900")),
        ({"gpu_memory_percent": 80, "scaling": TARGET}, {"memory_budget": 4096}, (4096, "")),
    ],
    ids=["the GPU", "what scaling leaves of it", "as given"],
)
def test_models_are_only_asked_while_they_fit_together(
    keywords: Any, terms: Any, told: tuple[float, str], warmed, variables
) -> None:
    """A g4dn has 16 GiB; warming fills no more of it than makes the endpoint grow."""
    spec = MultiModelSpec.model_validate(
        HOSTED | {"instance_type": "ml.g4dn.xlarge"} | keywords, context="from file"
    )
    found = variables(warmed(EndpointByName("showcase-embeddings", spec), **terms))

    assert told == (float(found["MEMORY_BUDGET_MIB"]), found["MODEL_MEMORY_MIB"])


@pytest.mark.parametrize(
    ("scaling", "per_minute", "at_once"),
    [
        (None, "", "8"),
        (TARGET, "112.5", "8"),
        (TARGET | {"min_capacity": 3}, "337.5", "8"),
        (TARGET | {"track": "concurrency", "target_per_instance": 6}, "", "3"),
        (TARGET | {"track": "concurrency", "target_per_instance": 1}, "", "1"),
    ],
    ids=["no scaling", "invocations", "three instances", "concurrency", "one at a time"],
)
def test_warming_stays_below_what_scaling_aims_at(
    scaling: Any, per_minute: str, at_once: str, warmed, variables
) -> None:
    """Half of the target of the fewest instances: 225 a minute leave 112.5."""
    counts = {} if scaling is None else {"initial_instance_count": scaling["min_capacity"]}
    found = variables(warmed(endpoint(scaling=scaling, **counts)))

    assert (per_minute, at_once) == (found["INVOCATIONS_PER_MINUTE"], found["CONCURRENCY"])


def test_the_function_lives_longer_than_its_budget(warmed) -> None:
    """What was started at the last moment may still end."""
    longest = catalog.TIME_BUDGET.maximum
    assert longest is not None
    terms = {"time_budget": timedelta(seconds=longest)}

    assert 900 == warmed(**terms).one("Lambda::Function")["Timeout"]


def test_a_single_model_is_asked_with_the_given_sample(warmed, variables) -> None:
    """There is no prefix, and nothing of S3 is granted."""
    sample = WarmUpSample(body="a,b", content_type="text/csv")
    resources = warmed(ONE_MODEL, single=True, sample=sample)
    found = variables(resources)

    assert {"body": "a,b", "content_type": "text/csv"} == json.loads(found["DEFAULT_SAMPLE"])
    assert ("", "") == (found["MODELS_BUCKET"], found["MODELS_PREFIX"])
    assert "s3:" not in str(resources.statements("WarmUpFunction"))


def test_models_that_fail_raise_an_alarm(warmed) -> None:
    """On the metric that the function publishes, over the time between two runs."""
    alarm = warmed(every=timedelta(hours=2)).one("CloudWatch::Alarm")

    assert (catalog.NAMESPACE, catalog.MODELS_FAILED) == (alarm["Namespace"], alarm["MetricName"])
    dimensions = {each["Name"]: each["Value"] for each in alarm["Dimensions"]}
    assert {catalog.DIMENSION: "showcase-embeddings", "service": "pilotlight-warm_up"} == dimensions
    assert (7200, "notBreaching") == (alarm["Period"], alarm["TreatMissingData"])
    assert ["arn:aws:sns:us-east-1:123456789012:alarms"] == alarm["AlarmActions"]


def test_terms_can_be_said_as_in_a_fleet_file(warmed) -> None:
    """A mapping is as good as a `WarmUpSpec`, and durations are those of the CDK too."""
    from aws_cdk import Duration  # noqa: PLC0415 - after Node was found

    expected = warmed(every=timedelta(hours=2), concurrency=3).template
    assert expected == warmed(given={"every": Duration.hours(2), "concurrency": 3}).template


@pytest.mark.parametrize(
    ("keyword", "value", "words"),
    [
        ("terms", {"evry": "1h"}, r"terms\.evry: unknown key, .*did you mean every"),
        ("terms", {"concurrency": "8"}, r"terms\.concurrency: not a whole number, got 8"),
        ("terms", {"sample": {"body": 5}}, r"terms\.sample\.body: not text, got 5"),
        ("terms", "hourly", "terms: not a mapping, got hourly"),
        ("endpoint", "showcase-embeddings", "endpoint: not an object, got showcase-embeddings"),
        ("models", "s3://data/models/", "models: not an object, got s3://data/models/"),
        ("endpoint", None, "endpoint: required key is missing, got nothing, allowed an object"),
        ("encryption_key", None, "encryption_key: required key is missing, got nothing"),
    ],
)
def test_fails_when_a_keyword_has_another_kind_of_value(
    keyword: str, value: Any, words: str, new_stack
) -> None:
    """Before anything is built."""
    said = {"endpoint": endpoint(), "encryption_key": object(), "alarm_topic": object(), keyword: value}

    with pytest.raises(FleetRefused, match=rf"^Stack/WarmUp\.{words}"):
        WarmUp(new_stack(), "WarmUp", **said)


def test_fails_for_an_endpoint_that_can_sleep(warmed) -> None:
    """Asking would keep it awake, and billed."""
    sleeper = EndpointByName("starter-ocr", AsyncSpec.model_validate(HOSTED))

    with pytest.raises(FleetRefused, match=r"can sleep would be kept awake, and billed, .* got starter-ocr"):
        warmed(sleeper)


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        (
            MultiModelSpec(
                model=ModelSpec(image="c:1"), instance_type="ml.m5.large", model_cache_setting="Disabled"
            ),
            "no model stays in memory",
        ),
        (ServerlessSpec(model=OPEN), "provisioned_concurrency keeps a serverless endpoint warm"),
        (
            MultiContainerSpec(
                containers={name: ContainerSpec(model=OPEN) for name in ("a", "b")},
                instance_type="ml.m5.large",
            ),
            "without naming a container",
        ),
    ],
    ids=["without a cache", "serverless", "multi-container"],
)
def test_fails_when_a_kind_of_endpoint_cannot_be_warmed(spec: Any, why: str, warmed) -> None:
    """For the reason that a fleet file is given."""
    with pytest.raises(FleetRefused, match=why):
        warmed(EndpointByName("desk", spec), single=True, sample=WarmUpSample(body="{}"))


def test_fails_for_a_single_model_without_a_sample(warmed) -> None:
    """There is nothing to send."""
    with pytest.raises(FleetRefused, match=r"WarmUp\.terms\.sample: a single model needs a sample"):
        warmed(ONE_MODEL, single=True)


@pytest.mark.parametrize(
    ("named", "single", "what"),
    [
        (endpoint(), True, r"where the models are is not said, got nothing, allowed models=endpoint\.models"),
        (ONE_MODEL, False, "one model has no place of models, got models/embeddings/, allowed nothing"),
    ],
    ids=["many", "one"],
)
def test_fails_when_the_models_do_not_fit_the_endpoint(
    named: EndpointByName, single: bool, what: str, warmed
) -> None:
    """Requests would name no model, or models that the endpoint does not have."""
    with pytest.raises(FleetRefused, match=rf"WarmUp\.models: {what}"):
        warmed(named, single=single, sample=WarmUpSample(body="{}"))
