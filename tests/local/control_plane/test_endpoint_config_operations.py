"""Endpoint configurations: checked when they are made, never changed."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.local.emulator.api_error import ValidationError

VARIANT = {"VariantName": "A", "ModelName": "model", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}

CAPTURE = {
    "InitialSamplingPercentage": 100,
    "DestinationS3Uri": "s3://bucket/captured",
    "CaptureOptions": [{"CaptureMode": "Input"}],
}
ASYNC = {"OutputConfig": {"S3OutputPath": "s3://bucket/out/"}}
VPC = {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"]}
SOURCE = {"S3DataSource": {"S3Uri": "s3://b/m/", "S3DataType": "S3Prefix", "CompressionType": "None"}}


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


SERVERLESS: dict[str, Any] = {
    "VariantName": "A",
    "ModelName": "model",
    "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5},
}
HOST = {"VariantName": "A", "InstanceType": "ml.g5.xlarge", "InitialInstanceCount": 1}
MANAGED = {"Status": "ENABLED", "MinInstanceCount": 0, "MaxInstanceCount": 2}
ROLE = "arn:aws:iam::123456789012:role/hosting"


def test_a_serverless_variant_has_no_instances(sagemaker: Any) -> None:
    """Memory and concurrency are all there is to say."""
    sagemaker.model()
    _create(sagemaker, SERVERLESS)

    record = sagemaker.plane.configs.find("c").variants[0]

    assert (2048, 5, 0) == (
        record.serverless.memory_mb,
        record.serverless.max_concurrency,
        record.serverless.provisioned_concurrency,
    )
    assert 0 == record.initial_instance_count


@pytest.mark.parametrize(
    ("config", "members", "says"),
    [
        ({"MemorySizeInMB": 1500}, {}, "MemorySizeInMB must be a multiple of 1024, got 1500"),
        ({"MemorySizeInMB": 7168}, {}, "less than or equal to 6144"),
        ({"ProvisionedConcurrency": 6}, {}, "must not exceed MaxConcurrency, got 6 of 5"),
        ({}, {"InstanceType": "ml.m5.large"}, "InstanceType must not be specified beside ServerlessConfig"),
        ({}, {"ModelName": None}, "ModelName must be specified"),
    ],
)
def test_fails_when_a_serverless_variant_makes_no_sense(
    sagemaker: Any, config: dict[str, int], members: dict[str, Any], says: str
) -> None:
    """Sizes come in gigabytes, and instances have no place beside them."""
    sagemaker.model()
    variant = SERVERLESS | {"ServerlessConfig": SERVERLESS["ServerlessConfig"] | config} | members

    with pytest.raises(ValidationError, match=says):
        _create(sagemaker, {key: value for key, value in variant.items() if value is not None})


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"DataCaptureConfig": CAPTURE}, "serverless inference has no data capture"),
        ({"AsyncInferenceConfig": ASYNC}, "serverless inference has no asynchronous inference"),
        ({"ProductionVariants": [SERVERLESS, SERVERLESS | {"VariantName": "B"}]}, "no multiple production"),
    ],
)
def test_fails_when_serverless_leaves_it_out(sagemaker: Any, members: dict[str, Any], says: str) -> None:
    """The guide lists what serverless inference does not have."""
    sagemaker.model()

    with pytest.raises(ValidationError, match=says):
        sagemaker(
            "CreateEndpointConfig", EndpointConfigName="c", **{"ProductionVariants": [SERVERLESS]} | members
        )


@pytest.mark.parametrize(
    ("model", "says"),
    [
        ({"PrimaryContainer": {"Image": "i", "Mode": "MultiModel"}}, "no multi-model containers"),
        ({"Containers": [{"Image": "i"}, {"Image": "i"}]}, "no inference pipelines"),
        ({"PrimaryContainer": {"Image": "i"}, "EnableNetworkIsolation": True}, "no network isolation"),
        (
            {"PrimaryContainer": {"Image": "i", "ModelDataSource": SOURCE}},
            "no models given by ModelDataSource",
        ),
        ({"PrimaryContainer": {"Image": "i"}, "VpcConfig": VPC}, "no VPC configuration"),
    ],
)
def test_fails_when_serverless_cannot_host_the_model(
    sagemaker: Any, model: dict[str, Any], says: str
) -> None:
    """Of what the guide leaves out, the model says most."""
    sagemaker("CreateModel", ModelName="model", **model)

    with pytest.raises(ValidationError, match=f"variant A: serverless inference has {says}"):
        _create(sagemaker, SERVERLESS)


def test_a_variant_without_a_model_hosts_components(sagemaker: Any) -> None:
    """The role is the configuration's, and the instances may go to zero."""
    sagemaker(
        "CreateEndpointConfig",
        EndpointConfigName="c",
        ExecutionRoleArn=ROLE,
        ProductionVariants=[HOST | {"ManagedInstanceScaling": MANAGED}],
    )

    assert sagemaker.plane.configs.find("c").hosts_components
    described = sagemaker("DescribeEndpointConfig", EndpointConfigName="c")
    assert (ROLE, MANAGED) == (
        described["ExecutionRoleArn"],
        described["ProductionVariants"][0]["ManagedInstanceScaling"],
    )


@pytest.mark.parametrize(
    ("variant", "role", "says"),
    [
        (HOST, False, "or ExecutionRoleArn of an endpoint that hosts inference components"),
        (VARIANT | {"ManagedInstanceScaling": MANAGED}, True, "only supported for inference component"),
        (
            HOST | {"InitialInstanceCount": 3, "ManagedInstanceScaling": MANAGED},
            True,
            "InitialInstanceCount must be within 0 and 2 of ManagedInstanceScaling, got 3",
        ),
    ],
)
def test_fails_when_components_cannot_be_hosted(
    sagemaker: Any, variant: dict[str, Any], role: bool, says: str
) -> None:
    """In SageMaker's own words, where somebody published them."""
    sagemaker.model()
    members = {"ExecutionRoleArn": ROLE} if role else {}

    with pytest.raises(ValidationError, match=says):
        sagemaker("CreateEndpointConfig", EndpointConfigName="c", ProductionVariants=[variant], **members)


def test_fails_when_a_region_has_no_zero_instances(sagemaker_in: Any) -> None:
    """Measured: eu-west-3 refuses what us-east-1 accepts."""
    paris = sagemaker_in("eu-west-3")

    with pytest.raises(ValidationError, match="Min instance count needs to be greater than 0"):
        paris.host(MinInstanceCount=0, MaxInstanceCount=2)


def test_fails_when_several_containers_shall_answer_asynchronously(sagemaker: Any) -> None:
    """Refused, rather than answered by the first of them."""
    sagemaker("CreateModel", ModelName="model", Containers=[{"Image": "i"}, {"Image": "i"}])

    with pytest.raises(ValidationError, match="no asynchronous endpoints of several containers"):
        sagemaker.config()


def test_says_what_the_embedded_aws_does_not_have(sagemaker: Any) -> None:
    """Components beside a variant with a model are refused, not silently left out."""
    sagemaker.model()

    with pytest.raises(ValidationError, match="the embedded AWS has no endpoints of components beside"):
        sagemaker(
            "CreateEndpointConfig",
            EndpointConfigName="c",
            ExecutionRoleArn=ROLE,
            ProductionVariants=[HOST, VARIANT | {"VariantName": "B"}],
        )
