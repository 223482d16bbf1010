"""What CreateTransformJob refuses that botocore's model of it does not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pilotlight.catalog import batch_transform as facts
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.spec.json_path import json_path_steps


def job_faults(request: Mapping[str, Any], model: ModelRecord) -> Iterator[str]:
    """Say what does not go together; the words are ours."""
    yield from _payload_faults(request)
    if "BatchStrategy" in request and request["TransformInput"].get("SplitType", "None") == "None":
        yield "BatchStrategy needs a SplitType of Line, RecordIO or TFRecord"
    if not facts.INSTANCE_COUNT.allows(request["TransformResources"]["InstanceCount"]):
        yield f"InstanceCount must be {facts.INSTANCE_COUNT}"
    if any(each.model_data is not None for each in model.containers):
        yield "batch transform does not work with models that have a ModelDataSource"
    for name, path in request.get("DataProcessing", {}).items():
        if name != "JoinSource" and not _is_path(path):
            yield f"{name} {path} is no JSONPath that SageMaker supports"


def _payload_faults(request: Mapping[str, Any]) -> Iterator[str]:
    payload = request.get("MaxPayloadInMB", facts.MAX_PAYLOAD_MB.default)
    in_flight = payload * request.get("MaxConcurrentTransforms", 1)
    if not facts.MAX_PAYLOAD_MB.allows(payload):
        yield f"MaxPayloadInMB must be {facts.MAX_PAYLOAD_MB}"
    elif not facts.IN_FLIGHT_MB.allows(in_flight):
        yield f"MaxConcurrentTransforms * MaxPayloadInMB must be {facts.IN_FLIGHT_MB}, got {in_flight}"


def _is_path(path: str) -> bool:
    try:
        json_path_steps(path)
    except ValueError:
        return False
    return True
