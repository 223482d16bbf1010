"""Requests become records once; what is not given stays not given, and 0 stays 0."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pilotlight.local.control_plane.records import EndpointConfigRecord, ModelRecord, S3ModelData

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_model_has_its_containers_in_order() -> None:
    """The primary container is a list of one."""
    container = {
        "Image": "i",
        "Environment": {"WORKERS": 0},
        "ModelDataSource": {
            "S3DataSource": {
                "S3Uri": "s3://b/m/",
                "S3DataType": "S3Prefix",
                "CompressionType": "None",
            }
        },
    }

    [parsed] = ModelRecord.parse({"PrimaryContainer": container}, name="m", arn="a", created=NOW).containers
    chain = ModelRecord.parse(
        {"Containers": [{"Image": "1"}, {"Image": "2"}]}, name="m", arn="a", created=NOW
    )

    assert S3ModelData("s3://b/m/", "S3Prefix", "None") == parsed.model_data
    assert {"WORKERS": "0"} == parsed.environment
    assert ["1", "2"] == [each.image for each in chain.containers]


def test_an_endpoint_configuration_keeps_nothing_apart_from_zero() -> None:
    """A weight of 0 takes no traffic; no weight is 1."""
    variants = [
        {"VariantName": "off", "ModelName": "m", "InitialVariantWeight": 0.0},
        {"VariantName": "on", "ModelName": "m"},
    ]

    config = EndpointConfigRecord.parse({"ProductionVariants": variants}, name="c", arn="a", created=NOW)

    assert (0.0, 1.0) == (config.variant("off").initial_weight, config.variant("on").initial_weight)
    assert config.async_inference is None
    assert ("m", "m") == config.model_names
    with pytest.raises(KeyError):
        config.variant("other")


def test_an_asynchronous_configuration_says_where_answers_go() -> None:
    """Topics, paths and what messages include."""
    output = {
        "S3OutputPath": "s3://b/out/",
        "NotificationConfig": {
            "SuccessTopic": "arn:ok",
            "IncludeInferenceResponseIn": ["SUCCESS_NOTIFICATION_TOPIC"],
        },
    }
    request = {"ProductionVariants": [], "AsyncInferenceConfig": {"OutputConfig": output}}

    parsed = EndpointConfigRecord.parse(request, name="c", arn="a", created=NOW).async_inference

    assert parsed is not None
    assert ("s3://b/out/", None) == (parsed.output_path, parsed.failure_path)
    assert ("arn:ok", None) == (parsed.success_topic, parsed.error_topic)
    assert frozenset({"SUCCESS_NOTIFICATION_TOPIC"}) == parsed.include_response_in
    assert parsed.max_concurrent_invocations_per_instance is None
