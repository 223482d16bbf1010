"""The warm-up function with an S3 and an endpoint inside the test process."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from pilotlight.catalog import warm_up as catalog
from tests.lambda_functions.conftest import LambdaContext, load

warm_up = load("warm_up")
ENVIRONMENT = {
    "ENDPOINT_NAME": "showcase-embeddings",
    "MODELS_BUCKET": "data",
    "MODELS_PREFIX": "models/embeddings/",
    "CONCURRENCY": "4",
    "TIME_BUDGET_SECONDS": "60",
    "INVOCATIONS_PER_MINUTE": "",
    "MEMORY_BUDGET_MIB": "",
    "MODEL_MEMORY_MIB": "",
    "DEFAULT_SAMPLE": '{"body": {"inputs": []}}',
}


def refused(code: str, **more: Any) -> ClientError:
    """What boto3 raises when SageMaker answers with an error."""
    return ClientError({"Error": {"Code": code, "Message": "secret"}, **more}, "InvokeEndpoint")


@dataclass
class FakeS3:
    """A bucket as a mapping; pages hold two objects."""

    objects: dict[str, str] = field(default_factory=dict)
    metadata: dict[str, dict[str, str]] = field(default_factory=dict)
    hanging: set[str] = field(default_factory=set)
    read: list[str] = field(default_factory=list)

    def get_paginator(self, operation: str) -> FakeS3:
        """Only for listing."""
        assert operation == "list_objects_v2"
        return self

    def paginate(self, *, Bucket: str, Prefix: str) -> Iterator[dict[str, Any]]:  # noqa: N803 - AWS's words
        """The objects below a prefix, two a page, the last page without any."""
        assert Bucket == "data"
        keys = [key for key in sorted(self.objects) if key.startswith(Prefix)]
        for start in range(0, len(keys), 2):
            yield {"Contents": [self._entry(key) for key in keys[start : start + 2]]}
        yield {}

    def get_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - AWS's words
        """One object."""
        assert Bucket == "data"
        self.read.append(Key)
        if self.objects[Key] == "DENIED":
            raise refused("AccessDenied")
        if self.objects[Key] == "HANGS":
            raise ReadTimeoutError(endpoint_url="https://secret")
        return {"Body": io.BytesIO(self.objects[Key].encode())}

    def head_object(self, *, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803 - AWS's words
        """The metadata of one object."""
        assert Bucket == "data"
        if Key in self.hanging:
            raise ReadTimeoutError(endpoint_url="https://secret")
        return {"Metadata": self.metadata.get(Key, {})}

    def _entry(self, key: str) -> dict[str, Any]:
        return {"Key": key, "Size": 2**20, "LastModified": datetime(2026, 1, 1, tzinfo=UTC)}


@dataclass
class FakeRuntime:
    """An endpoint that remembers what it was sent; `errors` befall target models."""

    errors: Mapping[Any, Exception] = field(default_factory=dict)
    requests: list[dict[str, Any]] = field(default_factory=list)

    def invoke_endpoint(self, **request: Any) -> dict[str, Any]:
        """Answer, or fail."""
        self.requests.append(request)
        error = self.errors.get(request.get("TargetModel"))
        if error is not None:
            raise error
        return {"Body": io.BytesIO(b"{}")}


@pytest.fixture
def s3() -> FakeS3:
    """Three models; the first with a sample of its own; and something that is no model."""
    prefix = ENVIRONMENT["MODELS_PREFIX"]
    return FakeS3(
        {
            f"{prefix}a/v1.tar.gz": "",
            f"{prefix}a/v1.sample.json": '{"body": "a", "content_type": "text/csv", "accept": "text/csv"}',
            f"{prefix}b.tar.gz": "",
            f"{prefix}c.tar.gz": "",
            f"{prefix}README.md": "",
            "models/embeddings-old/d.tar.gz": "",
        }
    )


@pytest.fixture
def run(s3: FakeS3):
    """Give what warms the endpoint and returns the summary; keywords change the environment."""

    def warm(runtime: FakeRuntime, **environment: str) -> dict[str, Any]:
        settings = warm_up.settings.Settings.of(ENVIRONMENT | environment)
        summary: dict[str, Any] = warm_up.warm_up.WarmUp(settings, s3, runtime)(seconds_left=600).document()
        return summary

    return warm


def test_every_model_below_the_prefix_is_asked_once(run) -> None:
    """With its own sample, or else the default; nothing else is asked."""
    runtime = FakeRuntime()
    summary = run(runtime)
    by_model = {request["TargetModel"]: request for request in runtime.requests}

    assert (3, 0, 0) == (summary["loaded"], summary["failed"], summary["skipped"])
    assert {"a/v1.tar.gz", "b.tar.gz", "c.tar.gz"} == {*by_model}
    assert len(runtime.requests) == len(by_model)
    assert {
        "EndpointName": "showcase-embeddings",
        "TargetModel": "a/v1.tar.gz",
        "ContentType": "text/csv",
        "Accept": "text/csv",
        "Body": b"a",
    } == by_model["a/v1.tar.gz"]
    assert b'{"inputs": []}' == by_model["b.tar.gz"]["Body"]
    assert "Accept" not in by_model["b.tar.gz"]


def test_an_endpoint_with_one_model_is_asked_without_a_target(run) -> None:
    """There is no prefix then, and nothing is listed."""
    runtime = FakeRuntime()
    summary = run(runtime, MODELS_BUCKET="", MODELS_PREFIX="")

    assert 1 == summary["loaded"]
    assert ["TargetModel" in request for request in runtime.requests] == [False]


def test_each_model_fails_for_itself(run, s3: FakeS3) -> None:
    """Samples that no model could be sent, an error of the model, a time-out: the summary counts why."""
    prefix = ENVIRONMENT["MODELS_PREFIX"]
    samples = {"a/v1": "{", "d": "DENIED", "e": "HANGS", "f": '{"accept": "secret"}', "g": '{"secret": 1}'}
    for name, sample in samples.items():
        s3.objects |= {f"{prefix}{name}.tar.gz": "", f"{prefix}{name}.sample.json": sample}
    s3.objects[f"{prefix}h.tar.gz"] = ""
    failing = {
        "b.tar.gz": refused("ModelError", OriginalStatusCode=500),
        "c.tar.gz": ReadTimeoutError(endpoint_url="https://secret"),
    }
    summary = run(FakeRuntime(failing))

    assert (1, 7, 0) == (summary["loaded"], summary["failed"], summary["skipped"])
    assert {
        "sample is not readable JSON": 1,
        "cannot be read in S3": 2,
        "sample has no body": 1,
        "sample has unknown keys, allowed are accept, body, body_base64, content_type": 1,
        "ModelError 500": 1,
        "ReadTimeoutError": 1,
    } == summary["why"]["failed"]
    assert [f"{name}.tar.gz" for name in ("a/v1", *"bcdefg")] == summary["models"]["failed"]
    assert "secret" not in json.dumps(summary)


def test_a_model_whose_size_cannot_be_read_fails_alone(run, s3: FakeS3) -> None:
    """S3 that does not answer for one of them costs the others nothing."""
    s3.hanging.add(f"{ENVIRONMENT['MODELS_PREFIX']}b.tar.gz")
    summary = run(FakeRuntime(), MEMORY_BUDGET_MIB="50")

    assert (2, {"cannot be read in S3": 1}) == (summary["loaded"], summary["why"]["failed"])


def test_a_sample_is_read_when_its_model_is_asked(run, s3: FakeS3) -> None:
    """Samples of many models may not fit into the function together, and what is skipped needs none."""
    run(FakeRuntime(), MEMORY_BUDGET_MIB="0.5")
    read_of_skipped = [*s3.read]
    run(FakeRuntime(), TIME_BUDGET_SECONDS="60")

    assert [] == read_of_skipped
    assert [f"{ENVIRONMENT['MODELS_PREFIX']}a/v1.sample.json"] == s3.read


def test_a_full_instance_ends_the_run(run) -> None:
    """A container answers 507 when a model does not fit."""
    full = {"a/v1.tar.gz": refused("ModelError", OriginalStatusCode=507)}
    summary = run(FakeRuntime(full), CONCURRENCY="1")

    assert (0, 1, 2) == (summary["loaded"], summary["failed"], summary["skipped"])
    assert {"memory full": 2} == summary["why"]["skipped"]


def test_what_exceeds_the_memory_is_skipped(run) -> None:
    """Artefacts of one MiB each, and room for two."""
    runtime = FakeRuntime()
    summary = run(runtime, MEMORY_BUDGET_MIB="2.5")

    assert (2, {"memory budget": 1}) == (summary["loaded"], summary["why"]["skipped"])


@pytest.mark.parametrize(("declared", "loaded"), [("1.5", 2), ("2", 1), ("1 MiB", 2), ("-3", 2), ("nan", 2)])
def test_a_declared_memory_counts_instead_of_the_artefact(
    run, s3: FakeS3, declared: str, loaded: int
) -> None:
    """As the object's metadata say it; what is no size of anything is as good as nothing."""
    s3.metadata[f"{ENVIRONMENT['MODELS_PREFIX']}a/v1.tar.gz"] = {"pilotlight-memory-mib": declared}
    summary = run(FakeRuntime(), MEMORY_BUDGET_MIB="2.5")

    assert (loaded, 3 - loaded) == (summary["loaded"], summary["skipped"])


def test_a_model_that_declares_nothing_takes_what_the_endpoint_says(run, s3: FakeS3) -> None:
    """The artefact's own word counts more."""
    s3.metadata[f"{ENVIRONMENT['MODELS_PREFIX']}a/v1.tar.gz"] = {"pilotlight-memory-mib": "10"}
    summary = run(FakeRuntime(), MEMORY_BUDGET_MIB="50", MODEL_MEMORY_MIB="40")

    assert (2, 1) == (summary["loaded"], summary["skipped"])


def test_without_any_sample_nothing_is_sent(run) -> None:
    """A model with a sample of its own is asked all the same."""
    runtime = FakeRuntime()
    summary = run(runtime, DEFAULT_SAMPLE="")

    assert ({"no sample": 2}, 1) == (summary["why"]["skipped"], len(runtime.requests))


def test_fails_when_the_models_cannot_be_listed(run, s3: FakeS3, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is no fault of a model: the run fails and ends at the destination of failures."""

    def denied(**_: Any) -> Iterator[Any]:
        raise refused("AccessDenied")

    monkeypatch.setattr(s3, "paginate", denied)
    with pytest.raises(ClientError):
        run(FakeRuntime())


def test_a_summary_stays_small() -> None:
    """It names twenty models of a kind and counts all of them."""
    outcome, target, state = warm_up.target.Outcome, warm_up.target.Target, warm_up.target.State
    outcomes = [outcome(target(f"m{number:03}"), state.FAILED, "ModelError 500") for number in range(300)]
    document = warm_up.summary.Summary(outcomes, 1.0).document()

    assert (300, 20) == (document["failed"], len(document["models"]["failed"]))


@pytest.mark.parametrize("variables", [{}, {"POWERTOOLS_SERVICE_NAME": "pilotlight-warm_up"}])
def test_the_handler_returns_and_publishes_the_summary(
    variables: dict[str, str], s3: FakeS3, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The metrics have the catalogue's names and dimensions, so that an alarm can find them."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    settings = warm_up.settings.Settings.of(ENVIRONMENT)
    work = warm_up.warm_up.WarmUp(settings, s3, FakeRuntime({"b.tar.gz": refused("ThrottlingException")}))
    monkeypatch.setattr(warm_up.handler, "warm_up", lambda: work)
    told = warm_up.handler.handler({}, LambdaContext(600_000, "warm_up"))
    (document,) = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    (published,) = document["_aws"]["CloudWatchMetrics"]

    assert (2, 1, 0) == (told["loaded"], told["failed"], told["skipped"])
    dimensions = [[catalog.DIMENSION, catalog.SERVICE_DIMENSION]]
    assert (catalog.NAMESPACE, dimensions) == (published["Namespace"], published["Dimensions"])
    names = (catalog.MODELS_LOADED, catalog.MODELS_FAILED, catalog.MODELS_SKIPPED)
    assert [[2.0], [1.0], [0.0]] == [document[name] for name in names]
    assert catalog.WARM_UP_TIME in document
    assert ("showcase-embeddings", catalog.SERVICE) == tuple(document[each] for each in dimensions[0])


def test_the_run_ends_before_the_function_does(s3: FakeS3) -> None:
    """Whatever its budget: no invocation starts when less than its patience is left."""
    settings = warm_up.settings.Settings.of(ENVIRONMENT)
    runtime = FakeRuntime()
    summary = warm_up.warm_up.WarmUp(settings, s3, runtime)(seconds_left=-1.0).document()

    assert ([], {"time budget": 3}) == (runtime.requests, summary["why"]["skipped"])


def test_the_wiring_needs_no_aws_until_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings come from the environment, clients from boto3; one invocation is never repeated by itself."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    work = load("warm_up").handler.warm_up()

    assert 1 == work.runtime.meta.config.retries["total_max_attempts"]
    assert catalog.PATIENCE > work.runtime.meta.config.read_timeout > 60
