"""Endpoint configurations: checked when they are made, never changed."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.local.emulator.api_error import ValidationError

VARIANT = {"VariantName": "A", "ModelName": "model", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}


def _create(sagemaker: Any, *variants: dict[str, Any]) -> None:
    sagemaker("CreateEndpointConfig", EndpointConfigName="c", ProductionVariants=list(variants))


def test_describes_what_was_given(sagemaker: Any) -> None:
    """The asynchronous part comes back as it was sent."""
    sagemaker.model()
    sagemaker.config()

    config = sagemaker("DescribeEndpointConfig", EndpointConfigName="config")

    assert "s3://bucket/out/" == config["AsyncInferenceConfig"]["OutputConfig"]["S3OutputPath"]
    assert config["EndpointConfigArn"].endswith(":endpoint-config/config")


def test_fails_when_the_model_does_not_exist(sagemaker: Any) -> None:
    """A configuration names models that are there."""
    with pytest.raises(ValidationError, match=r'Could not find model "arn:.*:model/model"'):
        _create(sagemaker, VARIANT)


def test_fails_when_it_starts_with_no_instance(sagemaker: Any) -> None:
    """SageMaker refuses an initial count of 0, also for endpoints that later sleep."""
    sagemaker.model()

    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        _create(sagemaker, VARIANT | {"InitialInstanceCount": 0})


@pytest.mark.parametrize("missing", ["ModelName", "InstanceType", "InitialInstanceCount"])
def test_fails_when_a_variant_lacks_something(sagemaker: Any, missing: str) -> None:
    """An instance-based variant needs a model, a type and a count."""
    sagemaker.model()

    with pytest.raises(ValidationError, match=f"variant A: {missing} must be specified"):
        _create(sagemaker, {key: value for key, value in VARIANT.items() if key != missing})


def test_fails_when_two_variants_share_a_name(sagemaker: Any) -> None:
    """Requests are sent to variants by name."""
    sagemaker.model()

    with pytest.raises(ValidationError, match="variant names must be unique, got A 2 times"):
        _create(sagemaker, VARIANT, VARIANT)


def test_says_what_the_embedded_aws_does_not_have(sagemaker: Any) -> None:
    """A serverless variant is refused, not silently given instances."""
    serverless = {"MemorySizeInMB": 2048, "MaxConcurrency": 1}

    with pytest.raises(ValidationError, match="the embedded AWS has no serverless variants"):
        _create(sagemaker, {"VariantName": "A", "ModelName": "m", "ServerlessConfig": serverless})
