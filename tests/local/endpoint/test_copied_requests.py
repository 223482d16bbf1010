"""Requests are copied: to S3 by data capture, to another model by a shadow variant."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.home import Home

from .conftest import MemoryAws
from .hosted import IMAGE, Hosted, model_of

pytestmark = pytest.mark.thorough

CAPTURE: dict[str, Any] = {
    "InitialSamplingPercentage": 100,
    "DestinationS3Uri": "s3://data/capture/ranker",
    "KmsKeyId": "the-key",
    "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}],
    "CaptureContentTypeHeader": {"CsvContentTypes": ["text/csv"]},
}
SHADOW: dict[str, Any] = {"VariantName": "Shadow", "ModelName": "other"}


def variant(**members: Any) -> dict[str, Any]:
    """A variant on one instance."""
    given = {"ModelName": "model", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}
    return {"VariantName": "AllTraffic", **given, **members}


@pytest.fixture
def hosting(home: Home, listed_metrics: Any, settled: Any) -> Iterator[Callable[..., Hosted]]:
    """Makes endpoints in service. capture, shadow: members of both, where they are asked for."""
    running: list[Hosted] = []

    def make(capture: dict[str, Any] | None = None, shadow: dict[str, Any] | None = None) -> Hosted:
        properties: dict[str, Any] = {"ProductionVariants": [variant()]}
        if capture is not None:
            properties["DataCaptureConfig"] = CAPTURE | capture
        if shadow is not None:
            properties["ShadowProductionVariants"] = [variant(**SHADOW, **shadow)]
        config = EndpointConfigRecord.parse(
            properties, name="first", arn="arn:first", created=datetime.now(UTC)
        )
        models = {
            name: model_of(
                name=name, PrimaryContainer={"Image": IMAGE, "Environment": {"PILOTLIGHT_MODEL": name}}
            )
            for name in ("model", "other")
        }
        running.append(
            Hosted(home, listed_metrics, config, models, scale=240, aws=MemoryAws(), random=Random(7))
        )
        settled(running[-1].runtime)
        return running[-1]

    yield make
    for hosted in running:
        hosted.runtime.stop()


def records(hosted: Hosted, variant: str = "AllTraffic") -> list[dict[str, Any]]:
    """What was written for a variant."""
    prefix = f"s3://data/capture/ranker/ranker/{variant}/"
    return [
        json.loads(line)
        for uri, (body, _) in sorted(hosted.aws.objects.items())
        if uri.startswith(prefix)
        for line in body.decode().splitlines()
    ]


def test_requests_and_answers_are_written_to_s3(hosting: Callable[..., Hosted], soon: Any) -> None:
    """Together, a minute after the first, with the key of the configuration."""
    hosted = hosting(capture={})
    for number in range(3):
        hosted.ask(f"hello {number}", content_type="text/csv", inference_id=f"id-{number}")
    soon(lambda: len(records(hosted)) == 3)
    kept = {each["eventMetadata"]["inferenceId"]: each["captureData"] for each in records(hosted)}
    (uri,) = hosted.aws.objects
    _, options = hosted.aws.objects[uri]

    assert ("hello 1", "CSV") == (
        kept["id-1"]["endpointInput"]["data"],
        kept["id-1"]["endpointInput"]["encoding"],
    )
    assert ("SEVMTE8gMQ==", "BASE64") == (
        kept["id-1"]["endpointOutput"]["data"],  # HELLO 1
        kept["id-1"]["endpointOutput"]["encoding"],
    )
    assert {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "the-key"} == options


def test_what_waits_is_written_when_the_endpoint_goes(hosting: Callable[..., Hosted]) -> None:
    """Nothing is lost."""
    hosted = hosting(capture={})
    hosted.ask("last words")
    hosted.runtime.stop()

    assert 1 == len(records(hosted))


@pytest.mark.parametrize(
    "capture", [None, {"EnableCapture": False}, {"InitialSamplingPercentage": 0}], ids=["none", "off", "0 %"]
)
def test_nothing_is_written_unless_it_is_wanted(
    capture: dict[str, Any] | None, hosting: Callable[..., Hosted]
) -> None:
    """Without a configuration, switched off, or with no share of the requests."""
    hosted = hosting(capture=capture)
    hosted.ask("hello")
    hosted.runtime.stop()

    assert {} == hosted.aws.objects


def test_an_answer_goes_out_though_it_cannot_be_kept(hosting: Callable[..., Hosted]) -> None:
    """The caller does not suffer from what S3 refuses."""
    hosted = hosting(capture={})
    hosted.aws.failing["put_object"] = [403] * 10

    assert "HELLO" == hosted.ask("hello")
    hosted.runtime.stop()
    assert {} == hosted.aws.objects


def test_a_shadow_gets_copies_and_its_answers_reach_nobody(hosting: Callable[..., Hosted], soon: Any) -> None:
    """The other model sees each request; the caller hears the production model only."""
    hosted = hosting(shadow={}, capture={})
    answers = [hosted.ask(f"model {number}") for number in range(4)]
    soon(lambda: len(records(hosted, "Shadow")) == len(records(hosted)) == 4)

    assert [f"MODEL {number} OF MODEL" for number in range(4)] == answers
    assert ["AllTraffic"] * 4 + ["Shadow"] * 4 == sorted(
        each["VariantName"] for name, each, _ in hosted.metrics.values if name == "Invocations"
    )
    shadows = [each["captureData"]["endpointOutput"]["data"] for each in records(hosted, "Shadow")]
    assert sorted(f"MODEL {number} OF OTHER" for number in range(4)) == sorted(
        _text(each) for each in shadows
    )


def test_a_shadow_gets_the_share_that_its_weight_says(hosting: Callable[..., Hosted], soon: Any) -> None:
    """A quarter of 40, by chance that the test fixed; another weight counts from now on."""
    hosted = hosting(shadow={"InitialVariantWeight": 0.25})
    for _ in range(40):
        hosted.ask("x")
    quarter = sum(each["VariantName"] == "Shadow" for each in _invocations(hosted))
    hosted.runtime.set_weight("Shadow", 0.0)
    for _ in range(20):
        hosted.ask("x")

    assert 4 <= quarter <= 16
    assert quarter == sum(each["VariantName"] == "Shadow" for each in _invocations(hosted))
    soon(lambda: hosted.runtime.describe().backlog == 0)


def test_a_shadow_that_fails_harms_nobody(hosting: Callable[..., Hosted], soon: Any) -> None:
    """Its errors count for it alone; without an instance it misses requests."""
    hosted = hosting(shadow={})
    assert "X OF MODEL" == hosted.ask("crash-other X")
    soon(
        lambda: [
            each for name, each, value in hosted.metrics.values if name == "Invocation5XXErrors" and value
        ]
    )
    (failed,) = [
        each["VariantName"]
        for name, each, value in hosted.metrics.values
        if name == "Invocation5XXErrors" and value
    ]
    hosted.runtime.set_desired_instance_count("Shadow", 0)
    soon(lambda: hosted.runtime.describe().variants[1].current_instance_count == 0)

    assert "Shadow" == failed
    assert "HELLO" == hosted.ask("hello")


def test_a_shadow_is_an_instance_of_its_own(hosting: Callable[..., Hosted]) -> None:
    """Described beside the production variant, and named by nobody's request."""
    hosted = hosting(shadow={})
    shown = hosted.runtime.describe()

    assert ["AllTraffic", "Shadow"] == [each.name for each in shown.variants]
    assert 2 == len({each.pid for each in shown.containers} - {os.getpid()})
    with pytest.raises(Exception, match="Could not find variant Shadow"):
        hosted.ask("x", target_variant="Shadow")


def _invocations(hosted: Hosted) -> list[dict[str, str]]:
    return [each for name, each, _ in list(hosted.metrics.values) if name == "Invocations"]


def _text(data: str) -> str:
    return base64.b64decode(data).decode()
