"""A configuration of a request becomes a record once; what is not given stays not given, and 0 stays 0."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord

NOW = datetime(2026, 1, 1, tzinfo=UTC)


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
