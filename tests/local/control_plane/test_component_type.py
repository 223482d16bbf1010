"""What CloudFormation does with inference components."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.local.control_plane.cloudformation import resource_types
from pilotlight.local.emulator.resource_type import ResourceFailed, ResourceRequest, ResourceType

from .conftest import SPECIFICATION

PROPERTIES = {
    "EndpointName": "host",
    "VariantName": "AllTraffic",
    "Specification": SPECIFICATION,
    "RuntimeConfig": {"CopyCount": 1},
}


def _type(sagemaker: Any) -> ResourceType:
    found = resource_types(lambda _: sagemaker.plane)
    return next(each for each in found if each.name.endswith("::InferenceComponent"))


def _request(**properties: Any) -> ResourceRequest:
    return ResourceRequest("eu-west-1", "Llama", "Stack-Llama-1A2B", PROPERTIES | properties)


@pytest.fixture
def host(sagemaker: Any) -> Any:
    """A control plane with an endpoint that hosts components."""
    sagemaker.host()
    return sagemaker


def test_an_unnamed_component_gets_a_name_of_its_own(host: Any) -> None:
    """Ref gives the ARN, Fn::GetAtt the name."""
    made = _type(host).create(_request())

    assert made.physical_id.endswith(":inference-component/Stack-Llama-1A2B")
    assert "Stack-Llama-1A2B" == made.attributes["InferenceComponentName"]


def test_a_component_that_fails_is_deleted_and_says_why(host: Any) -> None:
    """CloudFormation rolls back with the reason."""
    broken = SPECIFICATION | {"Container": {"Image": "broken"}}

    with pytest.raises(ResourceFailed, match="is Failed: the container did not pass its health check"):
        _type(host).create(_request(Specification=broken))

    assert [] == host("ListInferenceComponents")["InferenceComponents"]


def test_an_update_leaves_to_scaling_what_the_template_leaves_alone(host: Any) -> None:
    """Another image, the same CopyCount in the template: the copies stay at what scaling chose."""
    made = _type(host).create(_request())
    host.plane.components.update_runtime_config(
        {"InferenceComponentName": "Stack-Llama-1A2B", "DesiredRuntimeConfig": {"CopyCount": 3}}
    )
    newer = SPECIFICATION | {"Container": {"Image": "newer:2"}}

    updated = _type(host).update(made.physical_id, PROPERTIES, _request(Specification=newer))

    record = host.plane.components.find("Stack-Llama-1A2B")
    assert made.physical_id == updated.physical_id
    assert ("newer:2", 3) == (record.deployed.container.image, record.described.desired_copies)


def test_an_update_that_fails_says_why(host: Any) -> None:
    """CloudFormation rolls back."""
    made = _type(host).create(_request())
    broken = SPECIFICATION | {"Container": {"Image": "broken"}}

    with pytest.raises(ResourceFailed, match="did not pass its health check"):
        _type(host).update(made.physical_id, PROPERTIES, _request(Specification=broken))


def test_delete_waits_until_it_is_gone_and_twice_is_no_fault(host: Any) -> None:
    """A stack can be deleted after somebody deleted the component by hand."""
    made = _type(host).create(_request())

    _type(host).delete("eu-west-1", made.physical_id, PROPERTIES)
    _type(host).delete("eu-west-1", made.physical_id, PROPERTIES)

    assert [] == host("ListInferenceComponents")["InferenceComponents"]


def test_an_endpoint_with_components_is_not_deleted(host: Any) -> None:
    """A template whose component does not depend on its endpoint learns of it here."""
    _type(host).create(_request())
    arn = host.plane.store.find("host").arn
    endpoint = next(each for each in resource_types(lambda _: host.plane) if each.name.endswith("::Endpoint"))

    with pytest.raises(ResourceFailed, match="delete its inference components"):
        endpoint.delete("eu-west-1", arn, {})
