"""Endpoints: they come into service, change, scale and go, and say at each moment where they are."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.local.emulator.api_error import ValidationError

ARN = "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/endpoint"


def _status(sagemaker: Any) -> str:
    status: str = sagemaker("DescribeEndpoint", EndpointName="endpoint")["EndpointStatus"]
    return status


def test_comes_into_service_with_its_initial_count(sagemaker: Any) -> None:
    """An asynchronous endpoint starts with the instances of its configuration."""
    sagemaker.endpoint()

    variant = sagemaker.variant()

    assert "InService" == _status(sagemaker)
    assert (1, 1) == (variant["CurrentInstanceCount"], variant["DesiredInstanceCount"])
    assert "repository:tag" == variant["DeployedImages"][0]["SpecifiedImage"]


def test_says_why_it_failed(sagemaker: Any) -> None:
    """A container that never gets healthy fails the endpoint, with the reason."""
    sagemaker.model(image="broken")
    sagemaker.config()

    sagemaker("CreateEndpoint", EndpointName="endpoint", EndpointConfigName="config")

    endpoint = sagemaker("DescribeEndpoint", EndpointName="endpoint")
    assert "Failed" == endpoint["EndpointStatus"]
    assert "the container did not pass its health check" == endpoint["FailureReason"]


def test_fails_when_the_configuration_does_not_exist(sagemaker: Any) -> None:
    """The message names the ARN of what is missing."""
    with pytest.raises(
        ValidationError, match=r'Could not find endpoint configuration "arn:.*endpoint-config/c"'
    ):
        sagemaker("CreateEndpoint", EndpointName="endpoint", EndpointConfigName="c")


def test_fails_when_the_name_is_taken(sagemaker: Any) -> None:
    """Two endpoints of a region never share a name."""
    sagemaker.endpoint()

    with pytest.raises(ValidationError, match=f'Cannot create already existing endpoint "{ARN}"'):
        sagemaker("CreateEndpoint", EndpointName="endpoint", EndpointConfigName="config")


@pytest.mark.parametrize(("retain", "count"), [(True, 3), (False, 1)])
def test_an_update_keeps_the_scaled_count_only_when_asked_to(
    sagemaker: Any, retain: bool, count: int
) -> None:
    """Without RetainAllVariantProperties an update resets what scaling chose."""
    sagemaker.endpoint()
    sagemaker.config("other")
    wanted = [{"VariantName": "AllTraffic", "DesiredInstanceCount": 3}]
    sagemaker(
        "UpdateEndpointWeightsAndCapacities", EndpointName="endpoint", DesiredWeightsAndCapacities=wanted
    )

    sagemaker(
        "UpdateEndpoint",
        EndpointName="endpoint",
        EndpointConfigName="other",
        RetainAllVariantProperties=retain,
    )

    assert count == sagemaker.variant()["DesiredInstanceCount"]
    assert "other" == sagemaker("DescribeEndpoint", EndpointName="endpoint")["EndpointConfigName"]


def test_an_update_may_leave_the_count_out_of_what_it_keeps(sagemaker: Any) -> None:
    """ExcludeRetainedVariantProperties names what the new configuration decides after all."""
    sagemaker.endpoint().desired["AllTraffic"] = 3
    sagemaker.config("other")

    sagemaker(
        "UpdateEndpoint",
        EndpointName="endpoint",
        EndpointConfigName="other",
        RetainAllVariantProperties=True,
        ExcludeRetainedVariantProperties=[{"VariantPropertyType": "DesiredInstanceCount"}],
    )

    assert 1 == sagemaker.variant()["DesiredInstanceCount"]


def test_a_failed_update_leaves_the_former_configuration(sagemaker: Any) -> None:
    """What is described is what serves."""
    sagemaker.endpoint()
    sagemaker.model("bad", image="broken")
    sagemaker.config("other", model="bad")

    sagemaker("UpdateEndpoint", EndpointName="endpoint", EndpointConfigName="other")

    endpoint = sagemaker("DescribeEndpoint", EndpointName="endpoint")
    assert ("config", "InService") == (endpoint["EndpointConfigName"], endpoint["EndpointStatus"])
    assert "repository:tag" == sagemaker.variant()["DeployedImages"][0]["SpecifiedImage"]


@pytest.mark.parametrize("status", ["Creating", "Updating", "RollingBack"])
def test_fails_when_a_change_is_under_way(sagemaker: Any, status: str) -> None:
    """One change at a time, as SageMaker says it."""
    sagemaker.endpoint().status = status

    with pytest.raises(ValidationError, match=f'Cannot update in-progress endpoint "{ARN}"'):
        sagemaker("UpdateEndpoint", EndpointName="endpoint", EndpointConfigName="config")


def test_a_failed_endpoint_can_only_be_deleted(sagemaker: Any) -> None:
    """DescribeEndpoint documents it: DeleteEndpoint is the only operation on a failed endpoint."""
    sagemaker.endpoint().settle("Failed")

    with pytest.raises(ValidationError, match="it can only be deleted"):
        sagemaker("UpdateEndpoint", EndpointName="endpoint", EndpointConfigName="config")
    sagemaker("DeleteEndpoint", EndpointName="endpoint")
    sagemaker.plane.store.wait_until_gone("endpoint")


def test_fails_when_a_scaled_variant_does_not_exist(sagemaker: Any) -> None:
    """The message says which variants there are."""
    sagemaker.endpoint()
    wanted = [{"VariantName": "Other", "DesiredInstanceCount": 1}]

    with pytest.raises(ValidationError, match=r"\['Other'\].*it has \['AllTraffic'\]"):
        sagemaker(
            "UpdateEndpointWeightsAndCapacities", EndpointName="endpoint", DesiredWeightsAndCapacities=wanted
        )


def test_a_deleted_endpoint_is_gone_once_its_containers_are(sagemaker: Any) -> None:
    """The name is free, and others were told."""
    runtime = sagemaker.endpoint()
    told: list[str] = []
    sagemaker.plane.store.when_deleted.append(told.append)

    sagemaker("DeleteEndpoint", EndpointName="endpoint")
    sagemaker.plane.store.wait_until_gone("endpoint")

    assert runtime.stopped
    assert ["endpoint"] == told
    with pytest.raises(ValidationError, match="Could not find endpoint"):
        _status(sagemaker)


def test_lists_by_status(sagemaker: Any) -> None:
    """Only the endpoints in the wanted status are listed."""
    sagemaker.endpoint()
    sagemaker("CreateEndpoint", EndpointName="second", EndpointConfigName="config")
    sagemaker.runtimes["second"].status = "Updating"

    found = sagemaker("ListEndpoints", StatusEquals="Updating")["Endpoints"]

    assert ["second"] == [each["EndpointName"] for each in found]
