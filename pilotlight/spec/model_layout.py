"""Holds a model directory to what the image of its framework looks for, before it is packed and uploaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from pilotlight.catalog.model_layouts import (
    CONFIGURATIONS,
    OF_DJL,
    WEIGHTS,
    Expectation,
    Layout,
    expectation_of,
)
from pilotlight.spec.model_files import ModelFiles
from pilotlight.spec.refusal import Refusal
from pilotlight.spec.saved_model_layout import saved_model_faults
from pilotlight.spec.script_layout import script_faults

A_NUMBER: Final = "a directory named 1, 2 and so on"


def layout_faults(framework: str, files: ModelFiles) -> Iterator[Refusal]:
    """Give what an image will not find; the paths of the refusals begin in the directory.

    Only what surely fails is refused: a script is read, never run.
    """
    expectation = expectation_of(framework)
    yield from CHECKS[expectation.layout](files, expectation)


def _repository_faults(files: ModelFiles, _: Expectation) -> Iterator[Refusal]:
    models = sorted({name.partition("/")[0] for name in files.names if "/" in name})
    if "config.pbtxt" in files.names or any(each.isdecimal() for each in models):
        what, allowed = "the model lies at the root of its repository", "a directory named like the model"
        hint = "move config.pbtxt and the versions below it, as ranker/config.pbtxt and ranker/1/model.onnx"
        yield Refusal("", None, "", what, files.listed, allowed, hint)
        return
    if not models:
        allowed = "a directory named like the model, with its versions"
        yield Refusal("", None, "", "no model repository of Triton", files.listed, allowed)
    for model in models:
        below = [name.removeprefix(f"{model}/") for name in files.names if name.startswith(f"{model}/")]
        if not any(name.partition("/")[0].isdecimal() and "/" in name for name in below):
            what, hint = "a model without a version", "a version without files is not packed"
            yield Refusal("", None, model, what, ", ".join(below), f"{A_NUMBER} with files", hint)


def _lmi_faults(files: ModelFiles, _: Expectation) -> Iterator[Refusal]:
    if not files.at_root(OF_DJL):
        allowed = " or ".join(OF_DJL)
        hint = "with the id of a model in its environment the image needs no directory at all"
        yield Refusal("", None, "", "nothing that DJL Serving starts with", files.listed, allowed, hint)


def _weights_faults(files: ModelFiles, _: Expectation) -> Iterator[Refusal]:
    if not files.at_root(CONFIGURATIONS):
        deeper = files.anywhere(CONFIGURATIONS)
        hint = f"make {deeper[0].rpartition('/')[0]} the directory" if deeper else ""
        allowed = f"{' or '.join(CONFIGURATIONS)} beside the weights"
        yield Refusal("", None, "", "no configuration of a model", files.listed, allowed, hint)
    elif not files.anywhere(WEIGHTS):
        yield Refusal("", None, "", "no weights", files.listed, " or ".join(WEIGHTS))


Check = Callable[[ModelFiles, Expectation], Iterator[Refusal]]
CHECKS: Final[Mapping[Layout, Check]] = MappingProxyType(
    {
        Layout.SCRIPT: script_faults,
        Layout.SAVED_MODEL: saved_model_faults,
        Layout.REPOSITORY: _repository_faults,
        Layout.LMI: _lmi_faults,
        Layout.WEIGHTS: _weights_faults,
    }
)
"""Layout → what looks whether a directory has it."""
