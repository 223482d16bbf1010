"""What CloudFormation does with models, endpoint configurations and endpoints."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest

from pilotlight.local.control_plane.cloudformation import resource_types
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.emulator.resource_type import ResourceFailed, ResourceRequest, ResourceType

VARIANT = {
    "VariantName": "AllTraffic",
    "ModelName": "model",
    "InstanceType": "ml.m5.large",
    "InitialInstanceCount": "1",
}


def _type(sagemaker: Any, noun: str) -> ResourceType:
    return next(each for each in resource_types(lambda _: sagemaker.plane) if each.name.endswith(f"::{noun}"))


def _request(**properties: Any) -> ResourceRequest:
    return ResourceRequest("eu-west-1", "Logical", "Stack-Logical-1A2B", properties)


def test_an_unnamed_model_gets_a_name_of_its_own(sagemaker: Any) -> None:
    """Ref gives the ARN, Fn::GetAtt the name."""
    model = _type(sagemaker, "Model").create(_request(PrimaryContainer={"Image": "i"}))

    assert model.physical_id.endswith(":model/Stack-Logical-1A2B")
    assert "Stack-Logical-1A2B" == model.attributes["ModelName"]


def test_texts_of_a_template_become_numbers(sagemaker: Any) -> None:
    """CloudFormation takes "1" for a count; the API would not."""
    sagemaker.model()

    _type(sagemaker, "EndpointConfig").create(_request(ProductionVariants=[VARIANT]))

    assert 1 == sagemaker.plane.configs.find("Stack-Logical-1A2B").variants[0].initial_instance_count


def test_fails_when_a_property_does_not_exist(sagemaker: Any) -> None:
    """A typo is refused, with what is allowed."""
    with pytest.raises(ResourceFailed, match=r"executionRole.*Member must be one of.*ExecutionRoleArn"):
        _type(sagemaker, "Model").create(_request(PrimaryContainer={"Image": "i"}, ExecutionRole="r"))


def test_create_waits_until_the_endpoint_is_in_service(sagemaker: Any) -> None:
    """The stack goes on only when requests would be served."""
    sagemaker.model()
    sagemaker.config()
    sagemaker.plane.endpoints._make_runtime = _slow(sagemaker.plane.endpoints._make_runtime)

    endpoint = _type(sagemaker, "Endpoint").create(_request(EndpointName="ep", EndpointConfigName="config"))

    assert "InService" == sagemaker.runtimes["ep"].status
    assert "ep" == endpoint.attributes["EndpointName"]


def test_an_endpoint_that_fails_is_deleted_and_says_why(sagemaker: Any) -> None:
    """CloudFormation shows the reason and leaves nothing behind."""
    sagemaker.model(image="broken")
    sagemaker.config()

    with pytest.raises(ResourceFailed, match="ep is Failed: the container did not pass its health check"):
        _type(sagemaker, "Endpoint").create(_request(EndpointName="ep", EndpointConfigName="config"))

    assert [] == sagemaker.plane.store.all()


def test_another_configuration_updates_the_endpoint_in_place(sagemaker: Any) -> None:
    """The endpoint keeps its name and gets the tags of the template."""
    sagemaker.endpoint()
    sagemaker.config("other")
    arn = sagemaker.plane.store.find("endpoint").arn
    old = {"EndpointConfigName": "config"}
    new = _request(EndpointConfigName="other", Tags=[{"Key": "a", "Value": "1"}])

    updated = _type(sagemaker, "Endpoint").update(arn, old, new)

    assert arn == updated.physical_id
    assert "other" == sagemaker("DescribeEndpoint", EndpointName="endpoint")["EndpointConfigName"]
    assert [{"Key": "a", "Value": "1"}] == sagemaker("ListTags", ResourceArn=arn)["Tags"]


def test_an_update_that_fails_says_why(sagemaker: Any) -> None:
    """The former configuration serves on, so CloudFormation can roll back."""
    sagemaker.endpoint()
    sagemaker.model("bad", image="broken")
    sagemaker.config("other", model="bad")
    arn = sagemaker.plane.store.find("endpoint").arn

    with pytest.raises(ResourceFailed, match="keeps configuration config: the container did not pass"):
        _type(sagemaker, "Endpoint").update(
            arn, {"EndpointConfigName": "config"}, _request(EndpointConfigName="other")
        )


@pytest.mark.parametrize("noun", ["Model", "EndpointConfig", "Endpoint"])
def test_deleting_what_is_gone_is_no_fault(sagemaker: Any, noun: str) -> None:
    """A stack can be deleted after somebody deleted a resource by hand."""
    arn = f"arn:aws:sagemaker:eu-west-1:123456789012:{noun.lower()}/gone"

    _type(sagemaker, noun).delete("eu-west-1", arn, {})


def test_delete_waits_until_the_endpoint_is_gone(sagemaker: Any) -> None:
    """What the endpoint needs is deleted only after it."""
    runtime = sagemaker.endpoint()
    arn = sagemaker.plane.store.find("endpoint").arn

    _type(sagemaker, "Endpoint").delete("eu-west-1", arn, {})

    assert runtime.stopped
    with pytest.raises(ValidationError):
        sagemaker.plane.store.find("endpoint")


def _slow(make: Any) -> Any:
    """Runtimes that come into service later, on a thread of their own."""

    def make_slow(name: str, **parts: Any) -> Any:
        runtime = make(name, **parts)
        runtime.start = Thread(target=runtime.settle, args=("InService",)).start
        return runtime

    return make_slow
