"""What is refused where requests are copied: to shadow variants, and to S3 by data capture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.model_record import ModelRecord

_ALONE = 1


def copy_faults(request: Mapping[str, Any]) -> list[str]:
    """Faults of a configuration (shadow variants: botocore 1.43.106, CreateEndpointConfig).

    That an asynchronous endpoint has neither is assumed: nobody documents what would become of its results.
    """
    found = []
    shadows = request.get("ShadowProductionVariants")
    counts = (len(request["ProductionVariants"]), len(shadows or ()))
    if shadows is not None and counts != (_ALONE, _ALONE):
        found.append(
            "with ShadowProductionVariants there must be one production variant and one shadow variant,"
            f" got {counts[0]} and {counts[1]}"
        )
    if "AsyncInferenceConfig" in request:
        found += [
            f"the embedded AWS has no {what} of asynchronous endpoints"
            for member, what in (
                ("ShadowProductionVariants", "shadow variants"),
                ("DataCaptureConfig", "capture"),
            )
            if member in request
        ]
    return found


def copied_model_faults(config: EndpointConfigRecord, models: Iterable[ModelRecord]) -> list[str]:
    """Faults of the models of a configuration, of which some are multi-model."""
    if not any(each.is_multi_model for model in models for each in model.containers):
        return []
    copies = (("shadow variants", bool(config.shadows)), ("capture", config.data_capture is not None))
    return [f"the embedded AWS has no {what} of multi-model endpoints" for what, wanted in copies if wanted]
