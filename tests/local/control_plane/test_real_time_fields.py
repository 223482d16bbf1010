"""What a real-time configuration may say beside its variants is kept and described back."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.local.emulator.api_error import ValidationError

VARIANT: dict[str, Any] = {
    "VariantName": "A",
    "ModelName": "model",
    "InstanceType": "ml.g5.xlarge",
    "InitialInstanceCount": 1,
}
FIELDS: dict[str, Any] = {
    "VolumeSizeInGB": 200,
    "ModelDataDownloadTimeoutInSeconds": 1200,
    "ContainerStartupHealthCheckTimeoutInSeconds": 900,
    "EnableSSMAccess": True,
    "InferenceAmiVersion": "al2-ami-sagemaker-inference-gpu-3-1",
    "CoreDumpConfig": {"DestinationS3Uri": "s3://bucket/dumps"},
    "CapacityReservationConfig": {
        "CapacityReservationPreference": "capacity-reservations-only",
        "MlReservationArn": "arn:aws:sagemaker:eu-west-1:123456789012:training-plan/plan",
    },
    "RoutingConfig": {"RoutingStrategy": "LEAST_OUTSTANDING_REQUESTS"},
}
METRICS = {"EnableEnhancedMetrics": True, "MetricPublishFrequencyInSeconds": 30}
CAPTURE: dict[str, Any] = {
    "InitialSamplingPercentage": 40,
    "DestinationS3Uri": "s3://bucket/captured",
    "CaptureOptions": [{"CaptureMode": "InputAndOutput"}],
}
SHADOW = VARIANT | {"VariantName": "S", "ModelName": "candidate", "InstanceType": "ml.g6.xlarge"}
POOLS = [
    {"InstanceType": "ml.g6.xlarge", "Priority": 2},
    {"InstanceType": "ml.g5.2xlarge", "Priority": 1, "ModelNameOverride": "candidate"},
]


def endpoint(sagemaker: Any, variant: dict[str, Any] = VARIANT, **members: Any) -> dict[str, Any]:
    """Make an endpoint; give its description."""
    for name in ("model", "candidate"):
        sagemaker.model(name)
    sagemaker("CreateEndpointConfig", EndpointConfigName="c", ProductionVariants=[variant], **members)
    sagemaker("CreateEndpoint", EndpointName="e", EndpointConfigName="c")
    described: dict[str, Any] = sagemaker("DescribeEndpoint", EndpointName="e")
    return described


def test_all_fields_of_a_variant_come_back(sagemaker: Any) -> None:
    """Whether they matter here or not."""
    endpoint(sagemaker, VARIANT | FIELDS, MetricsConfig=METRICS)
    described = sagemaker("DescribeEndpointConfig", EndpointConfigName="c")
    record = sagemaker.plane.configs.find("c")

    assert [VARIANT | FIELDS] == described["ProductionVariants"]
    assert METRICS == described["MetricsConfig"]
    assert 30 == record.publish_interval_s
    assert (200, 900) == (
        record.variants[0].volume_size_gb,
        record.variants[0].startup_health_check_timeout_s,
    )


def test_the_endpoint_tells_what_it_captures_and_measures(sagemaker: Any) -> None:
    """The percentage, and that it goes on."""
    described = endpoint(sagemaker, DataCaptureConfig=CAPTURE, MetricsConfig=METRICS)

    assert METRICS == described["MetricsConfig"]
    assert {
        "EnableCapture": True,
        "CaptureStatus": "Started",
        "CurrentSamplingPercentage": 40,
        "DestinationS3Uri": "s3://bucket/captured",
        "KmsKeyId": "",
    } == described["DataCaptureConfig"]


def test_a_shadow_variant_is_described_apart(sagemaker: Any) -> None:
    """With its own model and instances; it can be given a weight and another count like any other."""
    described = endpoint(sagemaker, ShadowProductionVariants=[SHADOW | {"InitialVariantWeight": 0.5}])
    wanted = {"VariantName": "S", "DesiredInstanceCount": 3, "DesiredWeight": 0.25}
    sagemaker("UpdateEndpointWeightsAndCapacities", EndpointName="e", DesiredWeightsAndCapacities=[wanted])
    (shadow,) = sagemaker("DescribeEndpoint", EndpointName="e")["ShadowProductionVariants"]

    assert ["A"] == [each["VariantName"] for each in described["ProductionVariants"]]
    assert [("S", 0.5)] == [
        (each["VariantName"], each["CurrentWeight"]) for each in described["ShadowProductionVariants"]
    ]
    assert (3, 0.25) == (shadow["DesiredInstanceCount"], shadow["DesiredWeight"])


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"ProductionVariants": [VARIANT, VARIANT | {"VariantName": "B"}]}, "got 2 and 1"),
        ({"ShadowProductionVariants": [SHADOW, SHADOW | {"VariantName": "T"}]}, "got 1 and 2"),
        ({"ShadowProductionVariants": [SHADOW | {"VariantName": "A"}]}, "must be unique, got A 2 times"),
        (
            {"AsyncInferenceConfig": {"OutputConfig": {"S3OutputPath": "s3://bucket/out/"}}},
            "no shadow variants of asynchronous endpoints",
        ),
        ({"ShadowProductionVariants": [SHADOW | {"ModelName": "many"}]}, "no shadow variants of multi-model"),
        ({"ShadowProductionVariants": [SHADOW | {"ModelName": "none"}]}, "Could not find model"),
    ],
)
def test_fails_when_a_shadow_has_no_place(sagemaker: Any, members: dict[str, Any], says: str) -> None:
    """One production variant, one shadow, and models of their own."""
    for name in ("model", "candidate"):
        sagemaker.model(name)
    many = {"Image": "repository:tag", "Mode": "MultiModel", "ModelDataUrl": "s3://bucket/models/"}
    sagemaker("CreateModel", ModelName="many", PrimaryContainer=many)
    given = {"ProductionVariants": [VARIANT], "ShadowProductionVariants": [SHADOW]} | members

    with pytest.raises(ValidationError, match=says):
        sagemaker("CreateEndpointConfig", EndpointConfigName="c", **given)


@pytest.mark.parametrize(
    ("variant", "members", "says"),
    [
        (
            VARIANT,
            {"AsyncInferenceConfig": {"OutputConfig": {"S3OutputPath": "s3://bucket/out/"}}},
            "no capture of asynchronous endpoints",
        ),
        (VARIANT | {"ModelName": "many"}, {}, "no capture of multi-model endpoints"),
    ],
)
def test_fails_when_nothing_would_be_captured(
    sagemaker: Any, variant: dict[str, Any], members: dict[str, Any], says: str
) -> None:
    """Rather than to look as if it were."""
    sagemaker.model()
    many = {"Image": "repository:tag", "Mode": "MultiModel", "ModelDataUrl": "s3://bucket/models/"}
    sagemaker("CreateModel", ModelName="many", PrimaryContainer=many)
    given = {"ProductionVariants": [variant], "DataCaptureConfig": CAPTURE} | members

    with pytest.raises(ValidationError, match=says):
        sagemaker("CreateEndpointConfig", EndpointConfigName="c", **given)


def test_a_variant_takes_its_first_pool(sagemaker: Any) -> None:
    """The one of the lowest priority, with the model that is made for it."""
    pooled = {key: value for key, value in VARIANT.items() if key != "InstanceType"}
    described = endpoint(sagemaker, pooled | {"InstancePools": POOLS})
    record = sagemaker.plane.configs.find("c").variants[0]

    assert ("ml.g5.2xlarge", "candidate") == (record.instance_type, record.model_name)
    assert [{"InstanceType": "ml.g5.2xlarge", "CurrentInstanceCount": 1}] == described["ProductionVariants"][
        0
    ]["InstancePools"]
