"""What an endpoint configuration says of data capture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilotlight.hosting.data_capture import CaptureSettings


@dataclass(frozen=True, slots=True)
class DataCaptureRecord:
    """Data capture that is switched on: what is kept, and below which prefix."""

    settings: CaptureSettings
    destination: str
    kms_key_id: str | None

    @classmethod
    def parse(cls, config: Mapping[str, Any] | None) -> DataCaptureRecord | None:
        """From `DataCaptureConfig`; None: there is none, or it is switched off."""
        if config is None or not config.get("EnableCapture", True):
            return None
        modes = {each["CaptureMode"] for each in config["CaptureOptions"]}
        headers = config.get("CaptureContentTypeHeader", {})
        settings = CaptureSettings(
            config["InitialSamplingPercentage"],
            keeps_input=bool(modes & {"Input", "InputAndOutput"}),
            keeps_output=bool(modes & {"Output", "InputAndOutput"}),
            csv_types=frozenset(headers.get("CsvContentTypes", ())),
            json_types=frozenset(headers.get("JsonContentTypes", ())),
        )
        return cls(settings, config["DestinationS3Uri"], config.get("KmsKeyId"))


def described_capture(config: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """`DataCaptureConfig` as `DescribeEndpoint` shows it."""
    if config is None:
        return None
    is_on = config.get("EnableCapture", True)
    return {
        "EnableCapture": is_on,
        "CaptureStatus": "Started" if is_on else "Stopped",
        "CurrentSamplingPercentage": config["InitialSamplingPercentage"],
        "DestinationS3Uri": config["DestinationS3Uri"],
        "KmsKeyId": config.get("KmsKeyId", ""),
    }
