"""Reads which requests and answers an endpoint keeps."""

from __future__ import annotations

from typing import Any, Final

from pilotlight.catalog.naming import capture_prefix
from pilotlight.spec import DataCapture
from pilotlight.template.kept_below import refuse_elsewhere
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import built

MODES: Final = {"Input": "input", "Output": "output"}


def data_capture(resources: Resources, config: Resource, key: str) -> DataCapture | None:
    """Read the data capture of an endpoint configuration; None when it captures nothing."""
    capture = config.part.part("DataCaptureConfig")
    if capture is None:
        return None
    capture.leave("KmsKeyId")
    refuse_elsewhere(capture, "DestinationS3Uri", capture_prefix(key))
    if capture.raw("EnableCapture") not in (None, True, "true"):
        capture.note("EnableCapture", "switched off, so nothing is captured")
        return None
    modes: list[Any] = [MODES.get(str(each.raw("CaptureMode"))) for each in capture.parts("CaptureOptions")]
    return built(
        DataCapture,
        resources.notes,
        capture.place,
        sampling_percent=capture.whole("InitialSamplingPercentage"),
        capture=modes,
    )
