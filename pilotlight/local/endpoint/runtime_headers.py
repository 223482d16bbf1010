"""The headers of the runtime API: what its calls and answers say outside their bodies.

Names come from the service's own model (botocore 1.43.106, sagemaker-runtime 2017-05-13).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.model import StructureShape

from pilotlight.local.emulator.json_service import input_shape, service_model
from pilotlight.local.emulator.shape_check import faults, validation_message
from pilotlight.local.emulator.shape_convert import converted

_SERVICE = "sagemaker-runtime"


def read_headers(operation: str, headers: Mapping[str, str]) -> dict[str, Any]:
    """The members of a call that come as headers. headers: names in lower case."""
    shape = input_shape(_SERVICE, operation)
    assert isinstance(shape, StructureShape)  # noqa: S101 - every operation takes a structure
    sent = {
        member: headers[each.serialization["name"].lower()]
        for member, each in shape.members.items()
        if each.serialization.get("location") == "header" and each.serialization["name"].lower() in headers
    }
    read: dict[str, Any] = converted(shape, sent)
    return read


def call_problems(operation: str, given: Mapping[str, Any]) -> list[str]:
    """What the service's model finds wrong with the members of a call."""
    found = list(faults(input_shape(_SERVICE, operation), given))
    return [validation_message(found)] if found else []


def answer_headers(operation: str, **members: str | None) -> dict[str, str]:
    """The members of an answer that go as headers, by the names of the headers; None: it has no such."""
    shape = service_model(_SERVICE).operation_model(operation).output_shape
    return {
        shape.members[member].serialization["name"]: value
        for member, value in members.items()
        if value is not None
    }
