"""Records of data capture are those that the SageMaker Developer Guide shows."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from pilotlight.hosting.data_capture import (
    CaptureSettings,
    Exchange,
    Payload,
    capture_key,
    captured,
    is_captured,
)

AT = datetime(2022, 2, 14, 17, 25, 49, 171_000, tzinfo=UTC)
TEXT = CaptureSettings(100, csv_types=frozenset({"text/csv"}), json_types=frozenset({"application/json"}))


def record(
    settings: CaptureSettings = TEXT, *, body: bytes = b"69,0\n", content_type: str = "text/csv", **more: Any
) -> dict[str, Any]:
    """The record of a request with an answer in CSV."""
    answer = Payload(b"0.025", "text/csv; charset=utf-8")
    return captured(settings, Exchange(Payload(body, content_type), answer, AT, "aaaa", **more))


def test_a_record_is_that_of_the_guide() -> None:
    """Down to the encoding of an answer whose content type has a charset."""
    assert {
        "captureData": {
            "endpointInput": {
                "observedContentType": "text/csv",
                "mode": "INPUT",
                "data": "69,0\n",
                "encoding": "CSV",
            },
            "endpointOutput": {
                "observedContentType": "text/csv; charset=utf-8",
                "mode": "OUTPUT",
                "data": "0.025",
                "encoding": "CSV",
            },
        },
        "eventMetadata": {"eventId": "aaaa", "inferenceTime": "2022-02-14T17:25:49Z"},
        "eventVersion": "0",
    } == record()


@pytest.mark.parametrize(
    ("body", "content_type", "encoding"),
    [
        (b'{"a": 1}', "application/json", "JSON"),
        (b"a", "image/png", "BASE64"),
        (b"\xff\xfe", "text/csv", "BASE64"),  # it is no text
    ],
)
def test_a_body_is_text_or_base64(body: bytes, content_type: str, encoding: str) -> None:
    """Text only for the content types that the configuration names."""
    kept = record(body=body, content_type=content_type)["captureData"]["endpointInput"]

    assert encoding == kept["encoding"]
    assert body == (base64.b64decode(kept["data"]) if encoding == "BASE64" else kept["data"].encode())


def test_without_named_content_types_all_is_base64() -> None:
    """As the service model says."""
    assert "BASE64" == record(CaptureSettings(100))["captureData"]["endpointInput"]["encoding"]


@pytest.mark.parametrize(
    ("keeps", "sides"),
    [
        ({"keeps_output": False}, {"endpointInput"}),
        ({"keeps_input": False}, {"endpointOutput"}),
    ],
)
def test_one_side_may_be_kept(keeps: dict[str, Any], sides: set[str]) -> None:
    """Input or output."""
    assert sides == set(record(CaptureSettings(100, **keeps))["captureData"])


def test_an_inference_id_is_kept() -> None:
    """It joins the record with a truth that is known later."""
    assert "order-7" == record(inference_id="order-7")["eventMetadata"]["inferenceId"]


def test_a_share_of_the_requests_is_kept() -> None:
    """A tenth of 10,000, within four standard deviations (30 each); all at 100, none at 0."""
    random = Random(7)
    shares = [sum(is_captured(CaptureSettings(each), random) for _ in range(10_000)) for each in (10, 100, 0)]

    assert 880 < shares[0] < 1120
    assert [10_000, 0] == shares[1:]


def test_files_are_kept_by_endpoint_variant_and_hour() -> None:
    """Below the destination."""
    assert "ranker/AllTraffic/2022/02/14/17/25-49-171-x.jsonl" == capture_key("ranker", "AllTraffic", AT, "x")
