"""How the tensors of an ensemble go from step to step: made once, used, of one type and shape, no cycle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from pilotlight.catalog.triton_model import ANY_SIZE
from pilotlight.spec.did_you_mean import did_you_mean, listed
from pilotlight.spec.fault import Fault
from pilotlight.spec.path import Path, dotted
from pilotlight.spec.triton_parts import TritonParts
from pilotlight.spec.triton_step import TritonStep
from pilotlight.spec.triton_tensor import Tensor


@dataclass(frozen=True, slots=True)
class _End:
    """Where a tensor of the ensemble begins or ends: its name, the key that says so, its type and shape."""

    name: str
    path: Path
    tensor: Tensor
    step: str | None
    """None for the ends of the ensemble itself."""


def wiring_faults(parts: TritonParts) -> Iterator[Fault]:
    """Find what is wrong between the steps of an ensemble."""
    made: dict[str, _End] = {}
    for end in _makers(parts):
        if end.name in made:
            first = dotted(made[end.name].path)
            yield Fault(end.path, "made twice", end.name, "each tensor once", f"also by {first}")
        else:
            made[end.name] = end
    users = tuple(_users(parts))
    for user in users:
        yield from _fit(user, made, parts.whole)
    if parts.whole:
        used = {user.name for user in users}
        yield from (_useless(end) for end in made.values() if end.name not in used)
    yield from _cycles(parts.steps, made)


def _makers(parts: TritonParts) -> Iterator[_End]:
    for name, tensor in (parts.input or {}).items():
        yield _End(name, ("input", name), tensor, None)
    for step_name, step in parts.steps.items():
        for name, becomes in step.gives.items():
            if name in step.output:
                key = "output" if step.output_map is None else "output_map"
                yield _End(becomes, ("steps", step_name, key, name), step.output[name], step_name)


def _users(parts: TritonParts) -> Iterator[_End]:
    for step_name, step in parts.steps.items():
        for name, takes in step.takes.items():
            if name in step.input:
                key = "input" if step.input_map is None else "input_map"
                yield _End(takes, ("steps", step_name, key, name), step.input[name], step_name)
    for name, tensor in (parts.output or {}).items():
        yield _End(name, ("output", name), tensor, None)


def _fit(user: _End, made: Mapping[str, _End], whole: bool) -> Iterator[Fault]:
    maker = made.get(user.name)
    if maker is None:
        if whole:
            what = "nothing makes this tensor"
            hint = did_you_mean(user.name, made)
            yield Fault(user.path, what, user.name, listed([*made]), hint)
        return
    source = dotted(maker.path)
    if user.tensor.data_type != maker.tensor.data_type:
        yield Fault(
            user.path, "another data type", user.tensor.data_type, f"{maker.tensor.data_type} as {source}"
        )
    if not _agree(user.tensor.dims, maker.tensor.dims):
        yield Fault(
            user.path, "another shape", str([*user.tensor.dims]), f"{[*maker.tensor.dims]} as {source}"
        )


def _agree(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """A size that is left open agrees with any; Triton looks at the rest when a request comes."""
    return len(one) == len(other) and all(
        a == b or ANY_SIZE in {a, b} for a, b in zip(one, other, strict=True)
    )


def _useless(end: _End) -> Fault:
    hint = "" if end.step is None else "name in output_map only what is used"
    return Fault(
        end.path, "nothing uses this tensor", end.name, "a tensor that a step or the output takes", hint
    )


def _cycles(steps: Mapping[str, TritonStep], made: Mapping[str, _End]) -> Iterator[Fault]:
    needs = {
        name: {
            maker.step
            for takes in step.takes.values()
            if (maker := made.get(takes)) is not None and maker.step is not None
        }
        for name, step in steps.items()
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        around = " → ".join(reversed(error.args[1]))
        yield Fault(("steps", error.args[1][0]), "waits for itself", around, "steps in an order")
