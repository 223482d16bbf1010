"""Draws right descriptions: chains of steps, each taking what the one before it gives."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pilotlight.catalog.triton_model import DATA_TYPES

tensors = st.fixed_dictionaries(
    {
        "data_type": st.sampled_from(DATA_TYPES),
        "dims": st.lists(st.integers(1, 9) | st.just(-1), min_size=1, max_size=3),
    }
)
tensor_names = st.from_regex("[A-Za-z][A-Za-z0-9_./:-]{0,8}", fullmatch=True)


@st.composite
def chains(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an ensemble of one to four steps, written in any order."""
    passed = draw(st.lists(tensors, min_size=2, max_size=5))
    names = draw(st.lists(tensor_names, min_size=len(passed), max_size=len(passed), unique=True))
    steps = {
        f"step-{number}": {
            "backend": draw(st.sampled_from(["python", "pytorch", "onnxruntime"])),
            "files": {"model.py": "model.py"},
            "input": {"IN": passed[number]},
            "output": {"OUT": passed[number + 1]},
            "input_map": {"IN": names[number]},
            "output_map": {"OUT": names[number + 1]},
        }
        for number in range(len(passed) - 1)
    }
    return {
        "name": "chain",
        "max_batch_size": draw(st.integers(0, 64)),
        "input": {names[0]: passed[0]},
        "output": {names[-1]: passed[-1]},
        "steps": {name: steps[name] for name in draw(st.permutations([*steps]))},
    }


def with_another_type(step: dict[str, Any]) -> tuple[str, str]:
    """Let a step take another data type than it gets; gives the key and what is wrong."""
    tensor = step["input"]["IN"]
    other = "BOOL" if tensor["data_type"] != "BOOL" else "FP32"
    step["input"]["IN"] = {**tensor, "data_type": other}
    return "input_map.IN", "another data type"


def with_another_shape(step: dict[str, Any]) -> tuple[str, str]:
    """Let a step take one dimension more than it gets."""
    tensor = step["input"]["IN"]
    step["input"]["IN"] = {**tensor, "dims": [*tensor["dims"], 1]}
    return "input_map.IN", "another shape"


def taking_nothing(step: dict[str, Any]) -> tuple[str, str]:
    """Let a step take a tensor that there is not."""
    step["input_map"] = {"IN": "no such tensor"}
    return "input_map.IN", "nothing makes this tensor"


def giving_too_much(step: dict[str, Any]) -> tuple[str, str]:
    """Let a step give a tensor that nobody takes."""
    step["output"]["MORE"] = {"data_type": "BOOL", "dims": [1]}
    step["output_map"] = {**step["output_map"], "MORE": "more"}
    return "output_map.MORE", "nothing uses this tensor"


def mapping_what_is_not(step: dict[str, Any]) -> tuple[str, str]:
    """Let a step name an output that it does not have."""
    step["output_map"] = {**step["output_map"], "OTHER": "other"}
    return "output_map.OTHER", "no such output"


def climbing_out(step: dict[str, Any]) -> tuple[str, str]:
    """Let a step take a file from outside."""
    step["files"] = {"model.py": "../model.py"}
    return "files.model.py", "not a path inside the folder"


BREAKING = (
    with_another_type,
    with_another_shape,
    taking_nothing,
    giving_too_much,
    mapping_what_is_not,
    climbing_out,
)
