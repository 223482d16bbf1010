"""The lock file of JumpStart models: which version of each, resolved once, so that synth needs no network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from pilotlight.spec.base import Spec
from pilotlight.spec.build import build
from pilotlight.spec.did_you_mean import did_you_mean, listed
from pilotlight.spec.json_text import json_data
from pilotlight.spec.jumpstart_command import LOCK_FILE, lock_command
from pilotlight.spec.jumpstart_model import LockedModel
from pilotlight.spec.refusal import FleetRefused, Refusal, shown
from pilotlight.spec.text_file import text_of

SCHEMA_VERSION: Final = 1
MOST_BYTES: Final = 10_000_000
"""All of JumpStart's models take less."""


class JumpStartLock(Spec):
    """The locked models by model id."""

    schema_version: Literal[1]
    models: dict[str, LockedModel]

    def model(self, model_id: str, *, file: Path | str = LOCK_FILE) -> LockedModel:
        """Find a locked model. Raises FleetRefused with the command that locks it in `file`."""
        if model_id in self.models:
            return self.models[model_id]
        hint = did_you_mean(model_id, self.models) or f"`{lock_command(model_id, file=file)}` locks it"
        got, allowed = shown(model_id), listed(sorted(self.models))
        raise FleetRefused((Refusal("", None, "", "not a locked JumpStart model", got, allowed, hint),))


def load_lock(path: Path) -> JumpStartLock:
    """Read a lock file.

    Raises:
        FleetRefused: with every fault.
    """
    data = _read(path)
    version = data.get("schema_version")
    if version != SCHEMA_VERSION:
        fault = Refusal(
            "", None, "schema_version", "another format", shown(str(version)), str(SCHEMA_VERSION)
        )
        raise _in(path, fault)
    try:
        return build(JumpStartLock, "", **data)
    except FleetRefused as refused:
        raise _in(path, *refused.refusals) from None


def eula_refusal(model: LockedModel, accepted: bool) -> Refusal | None:
    """Refuse a model whose licence has to be accepted and was not; the place is still to be filled in."""
    if accepted or not (model.eula.required or model.gated):
        return None
    where = model.eula.licence or "the page of the model in SageMaker JumpStart"
    what = "the licence of the model is not accepted"
    return Refusal("", None, "accept_eula", what, "false", "true", f"read it first: {where}")


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        hint = "`pilotlight jumpstart lock MODEL_ID` writes it"
        raise _in(path, Refusal("", None, "", "there is no such file", hint=hint))
    data = json_data(text_of(path, MOST_BYTES), path)
    if not isinstance(data, dict):
        raise _in(path, Refusal("", None, "", "not a lock file", allowed="an object with models"))
    return data


def _in(path: Path, *faults: Refusal) -> FleetRefused:
    return FleetRefused(tuple(replace(fault, file=str(path)) for fault in faults))
