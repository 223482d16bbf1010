"""Services of ours speak AWS's JSON protocol."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.emulator.api_request import ApiAnswer, ApiRequest
from pilotlight.local.emulator.json_service import Input, JsonService

pytestmark = pytest.mark.thorough


def _describe(request: Input) -> Mapping[str, Any]:
    if request["EndpointName"] == "missing":
        message = "Could not find endpoint"
        raise ValidationError(message)
    return {"CreationTime": datetime(2026, 1, 1, tzinfo=UTC), "FailureReason": None}


SERVICE = JsonService(
    "sagemaker", lambda region: {"DescribeEndpoint": _describe} if region == "eu-west-1" else {}
)


def _call(
    operation: str, content: dict[str, Any], region: str = "eu-west-1"
) -> tuple[ApiAnswer, dict[str, Any]]:
    headers = {"x-amz-target": f"SageMaker.{operation}"}
    answer = SERVICE.answer(ApiRequest(region, "POST", "/", headers, json.dumps(content).encode()))
    return answer, json.loads(answer.body)


def test_answers_with_epoch_seconds_and_without_empty_members() -> None:
    """Times are numbers in this protocol; what is not known is left out."""
    answer, content = _call("DescribeEndpoint", {"EndpointName": "e"})

    assert 200 == answer.status
    assert {"CreationTime": 1767225600.0} == content


def test_refuses_in_the_shape_that_clients_parse() -> None:
    """The type stands in the body and in a header."""
    answer, content = _call("DescribeEndpoint", {"EndpointName": "missing"})

    assert (400, "ValidationException") == (answer.status, content["__type"])
    assert "ValidationException" == answer.headers["x-amzn-ErrorType"]


def test_checks_before_it_runs() -> None:
    """An operation never sees input that the model forbids."""
    _, content = _call("DescribeEndpoint", {})

    assert "Value null at 'endpointName'" in content["message"]


def test_fails_when_the_operation_is_not_there() -> None:
    """What the embedded AWS lacks says so; it never pretends."""
    _, content = _call("CreateTrainingJob", {})

    assert "UnknownOperationException" == content["__type"]
    assert "CreateTrainingJob" in content["message"]


def test_each_region_has_operations_of_its_own() -> None:
    """The region of the request decides which resources it sees."""
    _, content = _call("DescribeEndpoint", {"EndpointName": "e"}, region="us-east-1")

    assert "UnknownOperationException" == content["__type"]
