"""A model directory whose image runs a script: its place, and the functions that it must have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pilotlight.catalog.framework_environment import CODE_FOLDER, SCRIPT
from pilotlight.catalog.model_layouts import Expectation
from pilotlight.spec.model_files import ModelFiles
from pilotlight.spec.python_source import NotPython
from pilotlight.spec.refusal import Refusal

PLACE: Final = f"{CODE_FOLDER}/{SCRIPT}"
LOADS: Final = "model_fn"
OF_TENSORFLOW: Final = frozenset({"input_handler", "output_handler", "handler"})
THE_OTHERS: Final = "input_fn, predict_fn and output_fn are optional"


def script_faults(files: ModelFiles, expectation: Expectation) -> Iterator[Refusal]:
    """Refuse a directory without a script that loads the model, unless the image loads its files itself."""
    if files.at_root(expectation.instead) and PLACE not in files.names:
        return
    if PLACE not in files.names:
        yield _without_script(files, expectation)
        return
    functions = functions_in(files, PLACE)
    if isinstance(functions, Refusal):
        yield functions
    elif functions is not None and LOADS not in functions and not files.at_root(expectation.instead):
        yield _without_function(functions)


def functions_in(files: ModelFiles, name: str) -> frozenset[str] | Refusal | None:
    """Give the names that a script defines, None when only running it would tell, or why it is no script."""
    try:
        return files.functions_of(name)
    except NotPython as fault:
        return Refusal("", fault.line, name, "no Python", fault.what, "a script that can be imported")


def _without_script(files: ModelFiles, expectation: Expectation) -> Refusal:
    misplaced = [name for name in files.names if name.rpartition("/")[2] == SCRIPT]
    hint = f"move {misplaced[0]} to {CODE_FOLDER}/" if misplaced else ""
    allowed = " or ".join((f"{PLACE} with {LOADS}(model_dir)", *expectation.instead))
    return Refusal("", None, "", "no script that loads the model", files.listed, allowed, hint)


def _without_function(functions: frozenset[str]) -> Refusal:
    hint = THE_OTHERS
    if functions & OF_TENSORFLOW:
        hint = "handlers are what the images of TensorFlow ask; the others ask functions that end in _fn"
    got = ", ".join(sorted(functions)) or "nothing"
    return Refusal("", None, PLACE, "does not say how to load the model", got, f"{LOADS}(model_dir)", hint)
