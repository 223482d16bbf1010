"""Shadows, pools, reservations, machine images, sizes, metrics and core dumps, in a template."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pilotlight_cdk import (
    AsyncEndpoint,
    FleetRefused,
    InstancePool,
    MetricsConfig,
    Model,
    ModelImage,
    RealtimeEndpoint,
    ShadowVariant,
    Variant,
)

RESERVATION = "arn:aws:sagemaker:us-east-1:123456789012:ml-reservation/one"


@pytest.fixture(scope="module")
def hosted(new_stack: Any, new_model: Any, resources_of: Any) -> Callable[..., Any]:
    """Give what turns keywords into the resources of a stack with one real-time endpoint."""

    def make(models: Callable[[Any], dict[str, Any]] = lambda _: {}, **keywords: Any) -> Any:
        stack = new_stack()
        said = {"instance_type": "ml.m5.large", "endpoint_name": "ranker", **keywords, **models(stack)}
        RealtimeEndpoint(stack, "Ranker", model=new_model(stack), **said)
        return resources_of(stack)

    return make


@pytest.fixture(scope="module")
def plain(hosted: Callable[..., Any]) -> Any:
    """The resources of a real-time endpoint with nothing but defaults."""
    return hosted()


def test_the_variant_s_own_type_is_the_first_pool(hosted, new_model) -> None:
    """AWS takes pools instead of a type; a pool may have a model that is built for it."""
    resources = hosted(
        lambda stack: {
            "instance_pools": [
                InstancePool("ml.m6i.large", 2),
                InstancePool("ml.c6i.xlarge", 3, new_model(stack, "Other")),
            ]
        }
    )
    (variant,) = resources.one("SageMaker::EndpointConfig")["ProductionVariants"]
    *_, overriding = variant["InstancePools"]

    assert "InstanceType" not in variant
    assert [("ml.m5.large", 1), ("ml.m6i.large", 2), ("ml.c6i.xlarge", 3)] == [
        (pool["InstanceType"], pool["Priority"]) for pool in variant["InstancePools"]
    ]
    assert variant["ModelName"] != overriding["ModelNameOverride"]
    assert resources.statement("OtherRole", "logs:PutLogEvents")


def test_one_pool_with_nvme_takes_the_key_from_the_volumes(hosted, plain) -> None:
    """A key does not encrypt local disks, which the hardware does; there is one key for all instances."""
    pools = [InstancePool("ml.m5d.large", 2)]

    assert "KmsKeyId" in plain.one("SageMaker::EndpointConfig")
    assert "KmsKeyId" not in hosted(instance_pools=pools).one("SageMaker::EndpointConfig")


def test_a_shadow_is_no_production_variant(hosted, new_model) -> None:
    """It has a weight and instances, but no alarm: nobody waits for it."""
    resources = hosted(
        lambda stack: {"shadow_variant": ShadowVariant(new_model(stack, "Next"), "ml.c5.xlarge", weight=0.1)}
    )
    config = resources.one("SageMaker::EndpointConfig")
    (shadow,), (own,) = config["ShadowProductionVariants"], config["ProductionVariants"]

    assert ("Shadow", "ml.c5.xlarge", 0.1) == (
        shadow["VariantName"],
        shadow["InstanceType"],
        shadow["InitialVariantWeight"],
    )
    assert own["ModelName"] != shadow["ModelName"]
    assert own["RoutingConfig"] == shadow["RoutingConfig"]
    assert 1 == len(resources.all("CloudWatch::Alarm"))
    assert resources.statement("NextRole", "logs:PutLogEvents")


def test_options_of_instances_stand_in_every_variant_that_says_them(hosted, new_model) -> None:
    """Each variant speaks for itself."""
    resources = hosted(
        lambda stack: {
            "variants": {
                "canary": Variant(
                    new_model(stack, "Canary"), "ml.m5.large", capacity_reservation_arn=RESERVATION
                )
            }
        },
        variant_instance_provision_timeout=timedelta(minutes=10),
    )
    own, canary = resources.one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert 600 == own["VariantInstanceProvisionTimeoutInSeconds"]
    assert "VariantInstanceProvisionTimeoutInSeconds" not in canary
    assert "CapacityReservationConfig" not in own
    assert {
        "CapacityReservationPreference": "capacity-reservations-only",
        "MlReservationArn": RESERVATION,
    } == canary["CapacityReservationConfig"]


def test_time_outs_and_volume_follow_from_the_size(hosted) -> None:
    """80 GiB at 50 MiB/s are 28 minutes, rounded up; an archive and its content take twice the room."""
    (variant,) = hosted(model_size=80).one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert (1680, 1680, 170) == (
        variant["ModelDataDownloadTimeoutInSeconds"],
        variant["ContainerStartupHealthCheckTimeoutInSeconds"],
        variant["VolumeSizeInGB"],
    )


def test_what_is_said_wins_over_what_follows_from_the_size(hosted) -> None:
    """On NVMe disks nothing is said of the volume."""
    config = hosted(
        model_size=1, model_data_download_timeout=timedelta(minutes=2), instance_type="ml.m5d.large"
    )
    (variant,) = config.one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert 120 == variant["ModelDataDownloadTimeoutInSeconds"]
    assert 480 == variant["ContainerStartupHealthCheckTimeoutInSeconds"]
    assert "VolumeSizeInGB" not in variant


def test_metrics_beside_the_usual_are_asked_for(hosted, plain) -> None:
    """By default nothing is said, which leaves the choice to SageMaker."""
    config = hosted(metrics_config=MetricsConfig(publish_frequency=timedelta(minutes=1))).one(
        "SageMaker::EndpointConfig"
    )

    assert "MetricsConfig" not in plain.one("SageMaker::EndpointConfig")
    assert {
        "EnableEnhancedMetrics": True,
        "EnableDetailedObservability": True,
        "MetricPublishFrequencyInSeconds": 60,
    } == config["MetricsConfig"]


def test_nothing_of_a_crash_is_kept_by_default(plain) -> None:
    """Requests and weights are in a dump."""
    (variant,) = plain.one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert "CoreDumpConfig" not in variant


def test_dumps_go_to_their_prefix_and_every_model_may_write_them(hosted, new_model) -> None:
    """Encrypted with the endpoint's key; the role may encrypt (botocore, CoreDumpConfig)."""
    resources = hosted(
        lambda stack: {"variants": {"canary": Variant(new_model(stack, "Canary"), "ml.m5.large")}},
        core_dumps=True,
    )
    variants = resources.one("SageMaker::EndpointConfig")["ProductionVariants"]

    for role in ("ModelRole", "CanaryRole"):
        assert "/cores/ranker/*" == resources.statement(role, "s3:PutObject")["Resource"]["Fn::Join"][1][-1]
        assert resources.statement(role, "kms:Encrypt")
    for variant in variants:
        assert "/cores/ranker" == variant["CoreDumpConfig"]["DestinationS3Uri"]["Fn::Join"][1][-1]
        assert variant["CoreDumpConfig"]["KmsKeyId"]


def test_an_asynchronous_endpoint_has_pools_and_dumps_too(new_stack, new_model, resources_of) -> None:
    """In the bucket of its requests, of which there is one."""
    stack = new_stack()
    AsyncEndpoint(
        stack,
        "Ocr",
        model=new_model(stack),
        instance_type="ml.m5.large",
        instance_pools=[InstancePool("ml.m6i.large", 2, new_model(stack, "Other"))],
        core_dumps=True,
    )
    resources = resources_of(stack)
    (variant,) = resources.one("SageMaker::EndpointConfig")["ProductionVariants"]

    assert 2 == len(variant["InstancePools"])
    assert variant["CoreDumpConfig"]
    assert resources.statement("OtherRole", "sns:Publish")
    assert 2 == len(resources.all("S3::Bucket"))  # one of data, one of its access logs


def test_fails_when_a_pool_s_image_is_built_for_other_processors(hosted) -> None:
    """The model of a pool is held to the type of the pool."""
    image = ModelImage.from_framework("scikit-learn", version="1.4-2")

    def pools(stack: Any) -> dict[str, Any]:
        return {"instance_pools": [InstancePool("ml.g5.xlarge", 2, Model(stack, "Other", image=image))]}

    with pytest.raises(FleetRefused, match="has no image for gpu instances"):
        hosted(pools)


def test_nothing_is_left_to_the_security_checks(new_stack, new_model, findings_of) -> None:
    """With everything switched on."""
    stack = new_stack()
    RealtimeEndpoint(
        stack,
        "Ranker",
        model=new_model(stack),
        instance_type="ml.m5.large",
        instance_pools=[InstancePool("ml.m6i.large", 2)],
        shadow_variant=ShadowVariant(new_model(stack, "Next"), "ml.m5.large"),
        core_dumps=True,
    )

    assert [] == findings_of(stack)
