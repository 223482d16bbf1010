"""A model directory of TensorFlow: a SavedModel below a number, and handlers in its script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pilotlight.catalog.model_layouts import Expectation
from pilotlight.spec.model_files import ModelFiles
from pilotlight.spec.refusal import Refusal
from pilotlight.spec.script_layout import PLACE, functions_in

SAVED_MODEL: Final = "saved_model.pb"
BOTH: Final = frozenset({"input_handler", "output_handler"})
ALONE: Final = "handler"
ALLOWED: Final = f"{' and '.join(sorted(BOTH))}, or {ALONE}"
OF_THE_OTHERS: Final = ("model_fn", "input_fn", "predict_fn", "output_fn")


def saved_model_faults(files: ModelFiles, _: Expectation) -> Iterator[Refusal]:
    """Refuse a directory without a version to load, and a script that TensorFlow's images cannot ask."""
    saved = [name for name in files.names if name.rpartition("/")[2] == SAVED_MODEL]
    if not any(_version_of(name).isdecimal() for name in saved):
        hint = f"move what is beside {saved[0]} to 1/" if saved else ""
        allowed = f"1/{SAVED_MODEL}, or NAME/1/{SAVED_MODEL}"
        yield Refusal("", None, "", "no version of a SavedModel", files.listed, allowed, hint)
    if PLACE in files.names:
        yield from _handler_faults(files)


def _handler_faults(files: ModelFiles) -> Iterator[Refusal]:
    functions = functions_in(files, PLACE)
    if isinstance(functions, Refusal):
        yield functions
    elif functions is not None and ALONE not in functions and not functions >= BOTH:
        others = any(name in functions for name in OF_THE_OTHERS)
        hint = "TensorFlow Serving loads the model; the script only reads requests and writes answers"
        what = "cannot be asked by TensorFlow's images"
        yield Refusal(
            "", None, PLACE, what, ", ".join(sorted(functions)) or "nothing", ALLOWED, hint if others else ""
        )


def _version_of(name: str) -> str:
    return name.rpartition("/")[0].rpartition("/")[2]
