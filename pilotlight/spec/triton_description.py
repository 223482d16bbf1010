"""Reads the description of a Triton model: every fault in one pass, each with its line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pilotlight.spec.document import read_document
from pilotlight.spec.located import Located
from pilotlight.spec.refusal import FleetRefused, Refusal, shown
from pilotlight.spec.triton_model import TritonModelSpec
from pilotlight.spec.triton_parts import parts_of_data, parts_of_spec
from pilotlight.spec.triton_rules import model_faults
from pilotlight.spec.validation import validated_as
from pilotlight.spec.yaml_text import read_node


class DescriptionRefused(FleetRefused):
    """A description cannot be packaged; carries every fault."""


@dataclass(frozen=True, slots=True)
class TritonDescription:
    """What a file says about a model.

    Attributes:
        file: that was read; what it names lies beside it.
        model: None when the file has faults.
        document: where it says what.
        refusals: of the file; not those of what it names.
    """

    file: Path
    model: TritonModelSpec | None
    document: Located
    refusals: tuple[Refusal, ...]

    @property
    def data(self) -> Any:
        """Give what the file says, right or wrong, without the places."""
        return self.document.plain()


def read_description(file: Path) -> TritonDescription:
    """Read a description, and find the faults that can be found without looking at other files.

    Raises:
        DescriptionRefused: the file is none, so that there is nothing to find faults in.
    """
    try:
        document, shape = read_document(read_node(file, holds="a model"))
    except FleetRefused as refused:
        raise DescriptionRefused(refused.refusals) from None
    if not isinstance(document.value, dict):
        got = "a list" if isinstance(document.value, list) else shown(document.text) or "nothing"
        fault = Refusal("", document.line, "", "not a model", got, "a mapping with name and steps")
        raise DescriptionRefused(in_order((*shape, fault), file))
    model, faults = validated_as(TritonModelSpec, document)
    parts = parts_of_data(document.plain()) if model is None or shape else parts_of_spec(model)
    across = tuple(fault.refusal(document) for fault in model_faults(parts))
    return TritonDescription(file, model, document, (*shape, *faults, *across))


def in_order(refusals: tuple[Refusal, ...], file: Path) -> tuple[Refusal, ...]:
    """Name the file in refusals, and sort them by line."""
    ordered = sorted(refusals, key=lambda refusal: (refusal.line or 0, refusal.path))
    return tuple(replace(refusal, file=str(file)) for refusal in ordered)
