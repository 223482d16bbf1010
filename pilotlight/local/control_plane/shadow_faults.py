"""What SageMaker refuses about shadow variants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pilotlight.local.control_plane.records import ModelRecord

_ALONE = 1


def shadow_faults(request: Mapping[str, Any]) -> list[str]:
    """Faults of a configuration with shadow variants (botocore 1.43.106, CreateEndpointConfig).

    That an asynchronous endpoint has none is assumed: nobody documents what would become of its results.
    """
    shadows = request.get("ShadowProductionVariants")
    if shadows is None:
        return []
    counts = (len(request["ProductionVariants"]), len(shadows))
    found = []
    if counts != (_ALONE, _ALONE):
        found.append(
            "with ShadowProductionVariants there must be one production variant and one shadow variant,"
            f" got {counts[0]} and {counts[1]}"
        )
    if "AsyncInferenceConfig" in request:
        found.append("an asynchronous endpoint has no shadow variants")
    return found


def shadowed_model_faults(models: Iterable[ModelRecord]) -> list[str]:
    """Faults of the models of a configuration with shadow variants."""
    if any(each.is_multi_model for model in models for each in model.containers):
        return ["the embedded AWS has no shadow variants of multi-model endpoints"]
    return []
