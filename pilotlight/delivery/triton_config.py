"""Says in Triton's configuration language what a description says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pilotlight.catalog.triton_model import ENSEMBLE
from pilotlight.delivery.text_protobuf import Message, Value, Word, entries, text_protobuf
from pilotlight.spec.triton_model import TritonModelSpec
from pilotlight.spec.triton_step import DynamicBatching, InstanceGroup, TritonStep
from pilotlight.spec.triton_tensor import InputTensor, Tensor


def step_config(folder: str, step: TritonStep, max_batch_size: int) -> str:
    """Write the configuration of a model that runs in a backend; `folder` is its name in the repository."""
    fields: list[tuple[str, Value]] = [
        ("name", folder),
        ("backend", step.backend),
        ("max_batch_size", max_batch_size),
        *_tensors("input", step.input),
        *_tensors("output", step.output),
        *(("instance_group", _group(name, group)) for name, group in step.instance_groups.items()),
    ]
    if step.dynamic_batching is not None:
        fields.append(("dynamic_batching", _batching(step.dynamic_batching)))
    fields.extend(entries("parameters", step.parameters, "string_value"))
    return text_protobuf(fields)


def ensemble_config(model: TritonModelSpec, folders: Mapping[str, str]) -> str:
    """Write the configuration of the ensemble; `folders` gives the name of each step in the repository."""
    steps: list[tuple[str, Value]] = [
        ("step", _ensemble_step(folders[name], step)) for name, step in model.steps.items()
    ]
    return text_protobuf(
        [
            ("name", model.name),
            ("platform", ENSEMBLE),  # SageMaker's front end of Triton finds the ensemble by this very line
            ("max_batch_size", model.max_batch_size),
            *_tensors("input", model.input or {}),
            *_tensors("output", model.output or {}),
            ("ensemble_scheduling", steps),
        ]
    )


def _ensemble_step(folder: str, step: TritonStep) -> Message:
    newest = -1
    return [
        ("model_name", folder),
        ("model_version", newest),
        *entries("input_map", step.takes),
        *entries("output_map", step.gives),
    ]


def _tensors(field: str, tensors: Mapping[str, Tensor]) -> Iterator[tuple[str, Value]]:
    for name, tensor in tensors.items():
        said: list[tuple[str, Value]] = [
            ("name", name),
            ("data_type", Word(f"TYPE_{tensor.data_type}")),
            ("dims", tensor.dims),
        ]
        if isinstance(tensor, InputTensor) and tensor.optional:
            said.append(("optional", True))
        yield field, said


def _group(name: str, group: InstanceGroup) -> Message:
    gpus: Message = [("gpus", group.gpus)] if group.gpus else []
    return [("name", name), ("kind", Word(f"KIND_{group.kind}")), ("count", group.count), *gpus]


def _batching(batching: DynamicBatching) -> Message:
    sizes, delay = batching.preferred_batch_size, batching.max_queue_delay_microseconds
    preferred: Message = [("preferred_batch_size", sizes)] if sizes else []
    waiting: Message = [("max_queue_delay_microseconds", delay)] if delay else []
    return [*preferred, *waiting]
