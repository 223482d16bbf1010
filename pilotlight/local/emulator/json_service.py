"""A service that speaks AWS's JSON protocol: finds the operation, checks the input, answers or refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import botocore.session
from botocore.model import ServiceModel, Shape

from pilotlight.local.emulator.api_error import ApiError, ValidationError
from pilotlight.local.emulator.api_request import ApiAnswer, ApiRequest
from pilotlight.local.emulator.shape_check import faults, validation_message

Input = dict[str, Any]
Operation = Callable[[Input], Mapping[str, Any] | None]
Operations = Mapping[str, Operation]

_CONTENT_TYPE = "application/x-amz-json-1.1"


@cache
def service_model(service: str) -> ServiceModel:
    """botocore's model of a service."""
    return botocore.session.Session().get_service_model(service)


def input_shape(service: str, operation: str) -> Shape:
    """The shape of an operation's input."""
    return service_model(service).operation_model(operation).input_shape


def checked(service: str, operation: str, given: Input) -> Input:
    """The input as given. Raises ValidationError with all that botocore's model does not allow."""
    found = list(faults(input_shape(service, operation), given))
    if found:
        raise ValidationError(validation_message(found))
    return given


class JsonService:
    """One service, for all regions: `operations` gives those of a region."""

    def __init__(self, service: str, operations: Callable[[str], Operations]) -> None:
        self.service = service
        self.signing_name = service
        self._operations = operations

    @property
    def target_prefix(self) -> str:
        """What the `X-Amz-Target` header begins with."""
        return f"{service_model(self.service).metadata['targetPrefix']}."

    def answer(self, request: ApiRequest) -> ApiAnswer:
        """Run the operation the request names."""
        try:
            return ApiAnswer.of(self._run(request), content_type=_CONTENT_TYPE)
        except ApiError as error:
            return ApiAnswer.error(error, content_type=_CONTENT_TYPE)

    def _run(self, request: ApiRequest) -> Mapping[str, Any]:
        name = request.headers.get("x-amz-target", "").removeprefix(self.target_prefix)
        operation = self._operations(request.region).get(name)
        if operation is None:
            msg = f"the embedded AWS has no operation {name or '(none given)'} of {self.service}"
            raise ApiError("UnknownOperationException", msg)
        given = json.loads(request.body or b"{}")
        result = operation(checked(self.service, name, given))
        return {} if result is None else {key: value for key, value in result.items() if value is not None}
