"""The rules of a description that span several keys of one step, or of the whole model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pilotlight.spec.did_you_mean import did_you_mean
from pilotlight.spec.fault import Fault
from pilotlight.spec.path import Path
from pilotlight.spec.triton_parts import TritonParts
from pilotlight.spec.triton_step import TritonStep
from pilotlight.spec.triton_tensor import Tensor
from pilotlight.spec.triton_wiring import wiring_faults


def model_faults(parts: TritonParts) -> Iterator[Fault]:
    """Find what is wrong between the keys of a description."""
    for name, step in parts.steps.items():
        where = ("steps", name)
        yield from _batching(where, step, parts.max_batch_size)
        yield from _gpus(where, step)
        yield from _maps(where, step, parts.is_ensemble)
    if parts.is_ensemble:
        yield from _ends(parts)
        yield from wiring_faults(parts)


def _batching(where: Path, step: TritonStep, most: int | None) -> Iterator[Fault]:
    batching = step.dynamic_batching
    if batching is None or most is None:
        return
    where = (*where, "dynamic_batching")
    if most == 0:
        hint = "give the model a max_batch_size"
        yield Fault(where, "batches of a model that takes none", "max_batch_size 0", "1 or more", hint)
        return
    for size in batching.preferred_batch_size:
        if size > most:
            at = (*where, "preferred_batch_size")
            yield Fault(at, "larger than max_batch_size", str(size), f"{most} or less")


def _gpus(where: Path, step: TritonStep) -> Iterator[Fault]:
    for name, group in step.instance_groups.items():
        if group.gpus and group.kind not in {"AUTO", "GPU"}:
            at = (*where, "instance_groups", name, "gpus")
            yield Fault(
                at, f"GPUs for instances of kind {group.kind}", str([*group.gpus]), "kind GPU or AUTO"
            )


def _maps(where: Path, step: TritonStep, is_ensemble: bool) -> Iterator[Fault]:
    known: dict[str, Mapping[str, Tensor]] = {"input_map": step.input, "output_map": step.output}
    for key, mapped in {"input_map": step.input_map, "output_map": step.output_map}.items():
        if mapped is None:
            continue
        if not is_ensemble:
            hint = "give the model input and output to make it an ensemble"
            yield Fault((*where, key), "a map without an ensemble", "one step", "no map", hint)
            continue
        for name in mapped.keys() - known[key].keys():
            allowed = ", ".join(known[key])
            what = f"no such {key.removesuffix('_map')}"
            yield Fault((*where, key, name), what, name, allowed, did_you_mean(name, known[key]))
    for name, tensor in step.input.items():
        if is_ensemble and name not in step.takes and not tensor.optional:
            yield Fault((*where, "input_map"), "an input takes nothing", name, "a tensor for every input")


def _ends(parts: TritonParts) -> Iterator[Fault]:
    """An ensemble says what it takes and gives; in a faulty description that may be what is faulty."""
    for key, tensors in {"input": parts.input, "output": parts.output}.items():
        if tensors is None and parts.whole:
            yield Fault((key,), "required key is missing", "nothing", "a mapping", "an ensemble needs it")
