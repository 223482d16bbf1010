"""Who decides how a job asks its containers, and where objects and answers are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.transform_objects import BadManifestError, manifest_uris, output_name, shared_out
from pilotlight.hosting.transform_settings import TransformSettings, container_variables

SAID: dict[str, Any] = {"MaxConcurrentTransforms": 4, "BatchStrategy": "SingleRecord", "MaxPayloadInMB": 2}
BY_CONTAINER = {"MaxConcurrentTransforms": 8, "BatchStrategy": "SINGLE_RECORD", "MaxPayloadInMB": 3}


def test_the_request_goes_before_the_container_and_that_before_the_defaults() -> None:
    """SageMaker Developer Guide, Custom Inference Code with Batch Transform."""
    assert TransformSettings(True, 2, 4, 600, 3) == TransformSettings.of(SAID, BY_CONTAINER)
    assert TransformSettings(True, 3, 8, 600, 3) == TransformSettings.of({}, BY_CONTAINER)
    assert TransformSettings(False, 6, 1, 600, 3) == TransformSettings.of({}, {})


def test_zero_transforms_say_nothing_and_zero_megabytes_no_limit() -> None:
    """CreateTransformJob, MaxConcurrentTransforms and MaxPayloadInMB."""
    settings = TransformSettings.of({"MaxConcurrentTransforms": 0, "MaxPayloadInMB": 0}, BY_CONTAINER)

    assert (8, 0) == (settings.max_concurrent, settings.max_payload_mb)


def test_the_client_has_a_timeout_and_retries() -> None:
    """CreateTransformJob, ModelClientConfig."""
    client = {"InvocationsTimeoutInSeconds": 5, "InvocationsMaxRetries": 0}
    settings = TransformSettings.of({"ModelClientConfig": client}, {})

    assert (5, 0) == (settings.timeout_s, settings.max_retries)


def test_a_container_is_told_what_the_request_says() -> None:
    """What the user does not say is not passed."""
    assert {"SAGEMAKER_BATCH": "true"} == container_variables({})
    assert {
        "SAGEMAKER_BATCH": "true",
        "SAGEMAKER_BATCH_STRATEGY": "SINGLE_RECORD",
        "SAGEMAKER_MAX_CONCURRENT_TRANSFORMS": "4",
        "SAGEMAKER_MAX_PAYLOAD_IN_MB": "2",
    } == container_variables(SAID)


def test_a_manifest_is_a_prefix_and_paths_below_it() -> None:
    """The example of CreateTransformJob."""
    text = '[{"prefix": "s3://bucket/some/prefix/"}, "relative/one", "two"]'

    assert ("s3://bucket/some/prefix/relative/one", "s3://bucket/some/prefix/two") == manifest_uris(text)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '["a"]', '[{"prefix": 3}]', '[{"prefix": "s3://b/"}, 3]', "[{}]"]
)
def test_fails_on_what_is_no_manifest(text: str) -> None:
    """The job fails, and says why."""
    with pytest.raises(BadManifestError):
        manifest_uris(text)


@given(objects=st.lists(st.text(max_size=3), max_size=9), instances=st.integers(1, 5))
def test_every_object_goes_to_one_instance(objects: list[str], instances: int) -> None:
    """And no instance has two more than another."""
    shares = shared_out(objects, instances)

    assert sorted(objects) == sorted(each for share in shares for each in share)
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


@pytest.mark.parametrize(
    ("uri", "source", "name"),
    [
        ("s3://b/in/a.csv", "s3://b/in/", "a.csv.out"),
        ("s3://b/in/deep/a.csv", "s3://b/in/", "deep/a.csv.out"),
        ("s3://b/in/a.csv", "s3://b/in/a.csv", "a.csv.out"),
        ("s3://b/in-2/a.csv", "s3://b/in", "in-2/a.csv.out"),
        ("s3://b/in/deep/a.csv", "s3://b/in/manifest.json", "deep/a.csv.out"),
        ("s3://other/x/a.csv", "s3://b/in/manifest.json", "a.csv.out"),
    ],
)
def test_answers_keep_the_path_below_the_input(uri: str, source: str, name: str) -> None:
    """So that objects of one name in two folders do not overwrite each other's answers."""
    assert name == output_name(uri, source)
