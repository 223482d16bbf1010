"""Application Auto Scaling: the words of its API."""

from __future__ import annotations

from botocore.loaders import Loader

from pilotlight.catalog import scaling


def test_the_words_are_those_of_the_service_model() -> None:
    """A namespace or a dimension with a typo scales nothing."""
    shapes = Loader().load_service_model("application-autoscaling", "service-2")["shapes"]

    assert scaling.SERVICE_NAMESPACE in shapes["ServiceNamespace"]["enum"]
    dimensions = {scaling.SCALABLE_DIMENSION, scaling.CONCURRENCY_DIMENSION, scaling.COPY_DIMENSION}
    assert dimensions <= set(shapes["ScalableDimension"]["enum"])


def test_a_variant_is_named_as_a_target() -> None:
    """The endpoint as it is stored, and its variant."""
    assert "endpoint/starter-ocr/variant/AllTraffic" == scaling.resource_id("starter-ocr")


def test_a_component_is_named_as_a_target() -> None:
    """By its own name: component names are unique in a region."""
    assert "inference-component/llama" == scaling.component_resource_id("llama")


def test_the_role_is_the_one_that_aws_made() -> None:
    """No stack creates a role of its own for scaling."""
    arn = scaling.service_linked_role_arn("aws-cn", "123456789012")

    assert arn == (
        "arn:aws-cn:iam::123456789012:role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com/"
        "AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint"
    )
