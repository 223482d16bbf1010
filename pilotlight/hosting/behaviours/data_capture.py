"""What we claim about data capture and shadow variants: requests that are copied."""

from __future__ import annotations

from pilotlight.catalog.evidence import assumed, documented, field
from pilotlight.hosting.behaviour import Behaviour

_CAPTURE = documented("SageMaker Developer Guide, Capture data from real-time endpoint")
_CONFIG = documented("botocore 1.43.106, DataCaptureConfig")
_SHADOW = documented("SageMaker Developer Guide, Shadow tests")

BEHAVIOURS = (
    Behaviour("So many of a hundred requests are captured.", "data_capture.is_captured", _CONFIG),
    Behaviour(
        "Each request is drawn by itself.",
        "data_capture.is_captured",
        assumed("the guide says a percentage, not how it is sampled"),
    ),
    Behaviour("Input, output or both are kept.", "data_capture.captured", _CONFIG),
    Behaviour(
        "A record is one JSON line: captureData, eventMetadata, eventVersion.",
        "data_capture.captured",
        _CAPTURE,
    ),
    Behaviour("An inference id is kept in eventMetadata.", "data_capture.captured", _CAPTURE),
    Behaviour(
        "Content types named as CSV or JSON are kept as text, all others in base64.",
        "data_capture.captured",
        _CONFIG,
    ),
    Behaviour(
        "What follows a semicolon in a content type does not matter.",
        "data_capture.captured",
        field("the guide's own record: text/csv; charset=utf-8 with encoding CSV"),
    ),
    Behaviour("Files are kept by endpoint, variant and hour.", "data_capture.capture_key", _CAPTURE),
    Behaviour(
        "Their names begin with minute, second and millisecond.",
        "data_capture.capture_key",
        field("listings in public notebooks; the guide says filename.jsonl"),
    ),
    Behaviour(
        "Captured data is written every minute.",
        "data_capture.DELIVERY_INTERVAL",
        assumed("the guide says that delivery can take a couple of minutes"),
    ),
    Behaviour(
        "Answers that are errors, and answers in parts, are not captured.",
        "data_capture.Exchange",
        assumed("nobody published a record of one"),
    ),
    Behaviour("A shadow variant gets copies of requests.", "shadow.is_copied", _SHADOW),
    Behaviour("Nobody gets its answers.", "shadow.is_copied", _SHADOW),
    Behaviour("What it answers can be captured, under its own name.", "data_capture.capture_key", _SHADOW),
    Behaviour(
        "The share of copies is its weight divided by that of the production variant.",
        "shadow.is_copied",
        assumed(
            "the guide's example copies all with both weights 1; what other weights mean is not published"
        ),
    ),
)
