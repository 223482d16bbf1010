"""A model with instances of its own beside those of its endpoint."""

from __future__ import annotations

from pilotlight.spec.model import ModelSpec
from pilotlight.spec.refusing import refused


def refuse_jumpstart(model: ModelSpec) -> None:
    """Raise when it is one of JumpStart: its time-outs are those of a whole endpoint."""
    if model.jumpstart is not None:
        what = "only the endpoint's own model may be one of JumpStart"
        raise refused(what, got=model.jumpstart, allowed="an image and a source", at=("jumpstart",))
