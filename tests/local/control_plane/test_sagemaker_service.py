"""SageMaker on the wire: one name for the control plane and the runtime."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pilotlight.local.control_plane.service import SageMakerService
from pilotlight.local.emulator.api_request import ApiAnswer, ApiRequest

INPUT = {"x-amzn-sagemaker-inputlocation": "s3://bucket/in"}


def _invoke(sagemaker: Any, path: str = "/endpoints/endpoint/async-invocations") -> ApiAnswer:
    service = SageMakerService(lambda _: sagemaker.plane)
    return service.answer(ApiRequest("eu-west-1", "POST", path, INPUT, b""))


def test_a_control_plane_call_reaches_its_operation(sagemaker: Any) -> None:
    """The header names the operation, the body its members."""
    sagemaker.endpoint()
    headers = {"x-amz-target": "SageMaker.DescribeEndpoint"}
    request = ApiRequest("eu-west-1", "POST", "/", headers, b'{"EndpointName": "endpoint"}')

    answer = SageMakerService(lambda _: sagemaker.plane).answer(request)

    assert "InService" == json.loads(answer.body)["EndpointStatus"]


def test_an_invocation_reaches_its_endpoint(sagemaker: Any) -> None:
    """The answer says where the result will be."""
    runtime = sagemaker.endpoint()

    answer = _invoke(sagemaker)

    assert (202, {"InferenceId": "id"}) == (answer.status, json.loads(answer.body))
    assert "s3://bucket/out" == answer.headers["X-Amzn-SageMaker-OutputLocation"]
    assert "s3://bucket/in" == runtime.asked[0].input_location


@pytest.mark.parametrize("status", ["Creating", "Failed", "Deleting"])
def test_fails_when_the_endpoint_takes_no_requests(sagemaker: Any, status: str) -> None:
    """Nothing is queued for an endpoint that is not there yet, or not any more."""
    runtime = sagemaker.endpoint()
    runtime.status = status

    answer = _invoke(sagemaker)

    assert (400, "ValidationError") == (answer.status, json.loads(answer.body)["__type"])
    assert [] == runtime.asked


def test_fails_when_there_is_no_such_endpoint(sagemaker: Any) -> None:
    """The caller learns which name was wrong."""
    assert "Endpoint endpoint of account not found." == json.loads(_invoke(sagemaker).body)["message"]


def _ask(sagemaker: Any, body: bytes) -> ApiAnswer:
    headers = {"x-amzn-sagemaker-target-model": "acme.tar.gz"}
    request = ApiRequest("eu-west-1", "POST", "/endpoints/endpoint/invocations", headers, body)
    return SageMakerService(lambda _: sagemaker.plane).answer(request)


def test_a_synchronous_invocation_is_answered_by_the_model(sagemaker: Any) -> None:
    """The body is the container's, a header names the variant."""
    sagemaker.endpoint()

    answer = _ask(sagemaker, b"hello")

    assert (200, b"acme.tar.gz: hello") == (answer.status, answer.body)
    assert "AllTraffic" == answer.headers["x-Amzn-Invoked-Production-Variant"]


def test_fails_when_the_model_answers_with_an_error(sagemaker: Any) -> None:
    """The caller gets a ModelError with the original status and message inside."""
    sagemaker.endpoint()

    answer = _ask(sagemaker, b"fail")
    document = json.loads(answer.body)

    assert (424, "ModelError") == (answer.status, document["__type"])
    assert (500, "acme.tar.gz: fail") == (document["OriginalStatusCode"], document["OriginalMessage"])
