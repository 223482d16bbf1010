"""Chooses the version to lock, and helps with a mistyped model id."""

from __future__ import annotations

from pilotlight.jumpstart.model_data import ModelData
from pilotlight.jumpstart.refused import JumpStartRefused
from pilotlight.spec.did_you_mean import did_you_mean, listed


def chosen_version(data: ModelData, model_id: str, wanted: str | None) -> str:
    """Give the wanted version, or the newest one that the data can deploy.

    Raises:
        JumpStartRefused: an unknown model or version, or one without image and model package.
    """
    if model_id not in data.model_ids():
        raise _unknown_model(data, model_id)
    versions, deployable = data.versions(model_id), data.deployable_versions(model_id)
    if wanted is None and deployable:
        return deployable[-1]
    if wanted is not None and wanted not in versions:
        hint = did_you_mean(wanted, deployable)
        allowed = listed(deployable[::-1])
        raise JumpStartRefused(f"{model_id} has no such version", got=wanted, allowed=allowed, hint=hint)
    if wanted not in deployable:
        hint = "--live asks AWS"
        what = f"the data names no image of {model_id} in this version"
        raise JumpStartRefused(what, got=wanted or "any", allowed=listed(deployable[::-1]), hint=hint)
    return wanted


def _unknown_model(data: ModelData, model_id: str) -> JumpStartRefused:
    known = sorted(data.model_ids())
    containing = [each for each in known if model_id.lower() in each.lower()]
    allowed = listed(containing) if model_id and containing else f"one of {len(known)} model ids"
    return JumpStartRefused(
        "unknown JumpStart model", got=model_id, allowed=allowed, hint=did_you_mean(model_id, known)
    )
