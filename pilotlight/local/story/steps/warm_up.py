"""The warm-up function asks every published model once, so that callers find it in memory."""

from __future__ import annotations

import json
from collections import Counter

from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.tenants import TENANT_MODELS

_OPERATIONS = "operations"


def warm_up(scene: Scene) -> str:
    """Each endpoint's function has loaded as many models as were published there, and none failed."""
    published = Counter(model.endpoint for model in TENANT_MODELS)
    loaded = {key: _run(scene, key) for key in published}
    if loaded != published:
        msg = f"warm-up loaded {loaded}, published are {dict(published)}"
        raise StepFailed(msg)
    return ", ".join(f"{key}: {count} loaded" for key, count in loaded.items())


def _run(scene: Scene, key: str) -> int:
    outputs = scene.outputs(scene.showcase.stack(_OPERATIONS))
    (function,) = (value for name, value in outputs.items() if name.lower() == f"warmup{key}function")
    answer = scene.client("lambda").invoke(FunctionName=function, Payload=b"{}")
    summary = json.load(answer["Payload"])
    if "FunctionError" in answer or summary.get("failed"):
        msg = f"the warm-up of {key} failed: {summary}"
        raise StepFailed(msg)
    return int(summary["loaded"])
