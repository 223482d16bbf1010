"""A target model of a Triton multi-model endpoint: one model, or an ensemble of several."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from pilotlight.catalog.triton_model import INT32_MAXIMUM
from pilotlight.spec.base import Spec
from pilotlight.spec.triton_step import FolderName, Inputs, Outputs, TritonStep, at_least_one


class TritonModelSpec(Spec):
    """What a description of a target model says; what spans several keys is checked by `model_faults`."""

    name: FolderName
    """The name of the model; its archive is published as <name>.tar.gz."""

    max_batch_size: Annotated[int, Field(ge=0, le=INT32_MAXIMUM)] = 0
    """The largest batch, for the ensemble and all of its steps. Default: tensors have no batch dimension."""

    input: Inputs | None = None
    """The tensors that an ensemble takes. Default: there is no ensemble, but one step."""

    output: Outputs | None = None
    """The tensors that an ensemble gives. Default: there is no ensemble, but one step."""

    steps: Annotated[dict[FolderName, TritonStep], AfterValidator(at_least_one)]
    """The models that run, by name."""

    @property
    def is_ensemble(self) -> bool:
        """Tell whether tensors are passed on between steps."""
        return self.input is not None or self.output is not None or len(self.steps) > 1
