"""Reading the catalogue as AWS keeps it, without AWS."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber

from pilotlight.jumpstart.content_bucket import Fetched, S3ContentBucket
from pilotlight.jumpstart.entry import locked_model
from pilotlight.jumpstart.live_data import LiveData
from pilotlight.jumpstart.refused import JumpStartRefused

IMAGE = "763104351884.dkr.ecr.us-west-2.amazonaws.com/huggingface-pytorch-tgi-inference:2.4.0"
SPEC: dict[str, Any] = {
    "model_id": "tiny-llm",
    "default_inference_instance_type": "ml.g5.12xlarge",
    "supported_inference_instance_types": ["ml.g5.12xlarge", "ml.inf2.xlarge"],
    "hosting_prepacked_artifact_key": "tiny/v1/",
    "hosting_eula_key": None,
    "gated_bucket": False,
    "inference_environment_variables": [
        {"name": "SAGEMAKER_SUBMIT_DIRECTORY", "default": "/opt/ml/model/code"},
        {"name": "WORKERS", "type": "int", "default": 1},
        {"name": "UNSET", "default": None},
    ],
    "deploy_kwargs": {},
    "hosting_instance_type_variants": {
        "regional_aliases": {"us-west-2": {"gpu_ecr_uri_1": IMAGE, "neuron_ecr_uri": f"{IMAGE}-neuronx"}},
        "variants": {
            "g5": {"regional_properties": {"image_uri": "$gpu_ecr_uri_1"}},
            "inf2": {
                "regional_properties": {"image_uri": "$neuron_ecr_uri"},
                "properties": {
                    "prepacked_artifact_key": "tiny/neuron/",
                    "environment_variables": {"CORES": 2},
                },
            },
        },
    },
}


class FakeBucket:
    """A content bucket in memory."""

    region = "us-west-2"

    def __init__(self, spec: dict[str, Any] | bytes, size: int | None = None) -> None:
        headers = [
            {
                "model_id": "tiny-llm",
                "version": version,
                "min_version": "2.189.0",
                "spec_key": f"specs/{version}",
            }
            for version in ("1.10.0", "1.9.0")
        ]
        body = spec if isinstance(spec, bytes) else json.dumps(spec).encode()
        self.objects = {"models_manifest.json": json.dumps(headers).encode(), "specs/1.10.0": body}
        self.size = size

    def read(self, key: str) -> Fetched:
        """Give an object."""
        return Fetched(self.objects[key], "2026-11-01")

    def size_of(self, key: str) -> int | None:
        """Give the size, whatever the key."""
        return self.size


def _locked(changes: dict[str, Any] | None = None, size: int | None = None):
    data = LiveData(FakeBucket(SPEC | (changes or {}), size))
    return locked_model(data.facts("tiny-llm", data.versions("tiny-llm")[-1]))


def test_the_manifest_leads_to_the_specification() -> None:
    """The newest version is locked, with the object it was read from and the day that one was changed."""
    model = _locked()

    assert {"us-west-2"} == model.regions.keys()
    assert {"WORKERS": "1"} == model.environment
    assert ("s3://jumpstart-cache-prod-us-west-2/specs/1.10.0", "2026-11-01") == (
        model.source.data,
        model.source.date,
    )


def test_an_instance_type_may_have_an_artefact_of_its_own() -> None:
    """Inferentia runs a compiled model, not the one for GPUs."""
    types = _locked().instance_types

    assert types["ml.inf2.xlarge"].artifact is not None
    assert "tiny/neuron/" == types["ml.inf2.xlarge"].artifact.key
    assert ({"CORES": "2"}, "neuron_ecr_uri") == (
        types["ml.inf2.xlarge"].environment,
        types["ml.inf2.xlarge"].image,
    )
    assert types["ml.g5.12xlarge"].artifact is None


def test_published_time_outs_are_taken() -> None:
    """AWS gives them with the arguments of a deployment."""
    limits = {"model_data_download_timeout": 1200, "container_startup_health_check_timeout": 1800}

    timeouts = _locked({"deploy_kwargs": limits}, size=2**40).timeouts

    assert (1200, 1800) == (
        timeouts.model_data_download.total_seconds(),
        timeouts.container_startup_health_check.total_seconds(),
    )


def test_the_size_of_the_artefact_is_asked_for() -> None:
    """Without published time-outs it is the best that is known: 50 GiB at 50 MiB/s are 1024 s."""
    assert 1080 == _locked(size=50 * 2**30).timeouts.model_data_download.total_seconds()


def test_a_licence_is_read_in_the_region() -> None:
    """The link is the one that the SageMaker SDK shows."""
    eula = _locked({"hosting_eula_key": "eula/tiny.txt", "gated_bucket": True}).eula

    assert "https://jumpstart-cache-prod-us-west-2.s3.us-west-2.amazonaws.com/eula/tiny.txt" == eula.licence


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (b"<html>", "specs/1.10.0 is not JSON"),
        ({}, "specs/1.10.0 is no specification that we know: KeyError"),
        (
            SPEC | {"hosting_instance_type_variants": None},
            "names neither image nor model package, got 1.10.0",
        ),
    ],
)
def test_fails_when_the_specification_says_something_else(spec, message: str) -> None:
    """AWS may change the format; then a refusal tells which object to look at."""
    with pytest.raises(JumpStartRefused, match=message):
        LiveData(FakeBucket(spec)).facts("tiny-llm", "1.10.0")


@pytest.fixture
def bucket() -> S3ContentBucket:
    """The real bucket, in front of a client that needs no credentials."""
    bucket = S3ContentBucket("us-west-2")
    assert isinstance(bucket._s3.meta.region_name, str)
    return bucket


def test_objects_are_read_with_their_date(bucket: S3ContentBucket) -> None:
    """The date is that of the last change, so that locking twice writes the same."""
    answer = {"Body": io.BytesIO(b"[]"), "LastModified": datetime(2026, 11, 1, 23, tzinfo=UTC)}
    wanted = {"Bucket": "jumpstart-cache-prod-us-west-2", "Key": "models_manifest.json"}
    with Stubber(bucket._s3) as s3:
        s3.add_response("get_object", answer, wanted)

        assert Fetched(b"[]", "2026-11-01") == bucket.read("models_manifest.json")


def test_the_sizes_under_a_prefix_are_added_up(bucket: S3ContentBucket) -> None:
    """An uncompressed artefact is many objects."""
    with Stubber(bucket._s3) as s3:
        s3.add_response("list_objects_v2", {"Contents": [{"Key": "a", "Size": 3}, {"Key": "b", "Size": 4}]})
        s3.add_client_error("list_objects_v2", "AccessDenied", http_status_code=403)

        assert (7, None) == (bucket.size_of("tiny/"), bucket.size_of("tiny/"))


def test_fails_when_aws_refuses(bucket: S3ContentBucket) -> None:
    """The object is named, and that there is another way."""
    with Stubber(bucket._s3) as s3:
        s3.add_client_error("get_object", "NoSuchKey", "The specified key does not exist.", 404)

        with pytest.raises(
            JumpStartRefused, match=r"s3://jumpstart-cache-prod-us-west-2/x cannot be read: .*key"
        ):
            bucket.read("x")


def test_fails_without_a_network(bucket: S3ContentBucket, monkeypatch) -> None:
    """The offline data needs none."""

    def unplugged(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://s3")

    monkeypatch.setattr(bucket._s3, "get_object", unplugged)

    with pytest.raises(JumpStartRefused, match="without --live no AWS is needed"):
        bucket.read("x")


def test_no_credentials_are_needed(bucket: S3ContentBucket, monkeypatch) -> None:
    """The requests are not signed, so that a laptop without an AWS account can lock a model."""
    sent: list[Any] = []

    def answer(request: Any, **_: object) -> AWSResponse:
        sent.append(request)
        return _empty_answer()

    bucket._s3.meta.events.register("before-send.s3", answer)

    bucket.read("x")

    assert [] == [name for name in sent[0].headers if name.lower() == "authorization"]


def _empty_answer() -> AWSResponse:
    class _Raw(io.BytesIO):
        def stream(self, *_: object, **__: object):
            yield b""

    headers = {"Last-Modified": "Sun, 01 Nov 2026 00:00:00 GMT", "Content-Length": "0"}
    return AWSResponse("https://s3", 200, headers, _Raw())
