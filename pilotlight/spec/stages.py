"""Lays the overlay of a stage over the base of a fleet file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pilotlight.catalog.naming import is_name
from pilotlight.spec.did_you_mean import did_you_mean
from pilotlight.spec.located import FAULTY, Located
from pilotlight.spec.name import NAME_RULE
from pilotlight.spec.refusal import Refusal

STAGES: Final = "stages"
FIXED_KEYS: Final = frozenset({"name", "stage", STAGES})
"""Keys that a stage cannot change: together with the stage's own name they say which fleet it is."""


def split(document: Located) -> tuple[Located, dict[str, Located], tuple[Refusal, ...]]:
    """Take the overlays out of a document: the base, the overlays by stage, and what is wrong with them."""
    base = {key: piece for key, piece in document.value.items() if key != STAGES}
    stages = document.value.get(STAGES)
    if stages is None or stages.value is FAULTY:
        return document, {}, ()
    if not isinstance(stages.value, dict):
        fault = Refusal(
            "", stages.line, STAGES, "not a mapping", stages.text or "a list", "stages by their names"
        )
        return replace(document, value=base), {}, (fault,)
    faults = tuple(fault for name, overlay in stages.value.items() for fault in _faults(name, overlay))
    overlays = {
        name: _without_fixed_keys(overlay).of_stage(name)
        for name, overlay in stages.value.items()
        if is_name(name) and (isinstance(overlay.value, dict) or overlay.value is None)
    }
    return replace(document, value=base), overlays, faults


def of_stage(base: Located, overlays: dict[str, Located], stage: str) -> Located:
    """Give the fleet of one stage."""
    overlay = overlays[stage]
    merged = base if overlay.value is None else base.overlaid(overlay)
    return replace(merged, value=merged.value | {"stage": Located(stage, overlay.line, stage, stage)})


def unknown_stage(stage: str, overlays: dict[str, Located], document: Located) -> Refusal:
    """Refuse a stage that the file does not have."""
    allowed = ", ".join(overlays) or "none, the file has no stages"
    stages = document.value.get(STAGES)
    line = None if stages is None else stages.line
    return Refusal("", line, STAGES, "unknown stage", stage, allowed, did_you_mean(stage, overlays))


def _faults(name: str, overlay: Located) -> Iterator[Refusal]:
    path = f"{STAGES}.{name}"
    if not is_name(name):
        yield Refusal("", overlay.line, path, "not a name", name, NAME_RULE)
    if isinstance(overlay.value, dict):
        for key in overlay.value.keys() & FIXED_KEYS:
            line = overlay.value[key].line
            yield Refusal(
                "", line, f"{path}.{key}", "a stage cannot change this", key, "any other key of a fleet"
            )
    elif overlay.value is not None and overlay.value is not FAULTY:
        yield Refusal(
            "", overlay.line, path, "not a mapping", overlay.text or "a list", "what differs in this stage"
        )


def _without_fixed_keys(overlay: Located) -> Located:
    if not isinstance(overlay.value, dict):
        return overlay
    return replace(
        overlay, value={key: piece for key, piece in overlay.value.items() if key not in FIXED_KEYS}
    )
