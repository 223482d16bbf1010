"""The lock file of JumpStart models: which version of each, resolved once, so that synth needs no network."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from pilotlight.spec.base import Spec
from pilotlight.spec.build import build
from pilotlight.spec.did_you_mean import did_you_mean, listed
from pilotlight.spec.jumpstart_command import LOCK_FILE, lock_command
from pilotlight.spec.jumpstart_model import LockedModel
from pilotlight.spec.refusal import FleetRefused, Refusal, shown

SCHEMA_VERSION: Final = 1


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
    data = _json(path)
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


def require_eula(model: LockedModel, accepted: bool) -> None:
    """Let only a model through whose licence was accepted, or that needs none. Raises FleetRefused."""
    refusal = eula_refusal(model, accepted)
    if refusal is not None:
        raise FleetRefused((refusal,))


def _json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_without_duplicates)
    except FileNotFoundError:
        hint = "`pilotlight jumpstart lock MODEL_ID` writes it"
        raise _in(path, Refusal("", None, "", "there is no such file", hint=hint)) from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise _in(path, Refusal("", None, "", f"cannot be read: {reason}")) from None
    except json.JSONDecodeError as error:
        raise _in(path, Refusal("", error.lineno, "", f"not JSON: {error.msg.lower()}")) from None
    except (ValueError, RecursionError) as error:
        raise _in(path, Refusal("", None, "", f"not JSON: {error}")) from None
    if not isinstance(data, dict):
        raise _in(path, Refusal("", None, "", "not a lock file", allowed="an object with models"))
    return data


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse what a careless merge of two branches leaves behind."""
    (key, times), *_ = Counter(key for key, _ in pairs).most_common(1) or [("", 0)]
    if times > 1:
        raise ValueError(f"duplicate key {key}")
    return dict(pairs)


def _in(path: Path, *faults: Refusal) -> FleetRefused:
    return FleetRefused(tuple(replace(fault, file=str(path)) for fault in faults))
