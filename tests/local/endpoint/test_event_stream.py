"""Event streams: what is written is what botocore reads."""

from __future__ import annotations

import json

from botocore.eventstream import EventStreamBuffer
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotlight.local.endpoint.event_stream import payload_parts, stream_error


def read(data: bytes) -> list[tuple[dict[str, object], bytes]]:
    """The messages as botocore's own reader sees them; it checks lengths and checksums."""
    buffer = EventStreamBuffer()
    buffer.add_data(data)
    return [(message.headers, message.payload) for message in buffer]


@settings(max_examples=30)
@given(st.binary(min_size=1, max_size=300_000))
def test_a_part_comes_through_whole(part: bytes) -> None:
    """In one message or, when it is large, in several."""
    messages = read(payload_parts(part))

    assert part == b"".join(payload for _, payload in messages)
    assert {"PayloadPart"} == {headers[":event-type"] for headers, _ in messages}


def test_nothing_is_no_message() -> None:
    """An empty part would look like one that carries something."""
    assert b"" == payload_parts(b"")


def test_a_broken_stream_ends_in_an_exception() -> None:
    """Of the type that the service model names, with its code."""
    ((headers, payload),) = read(stream_error("StreamBroken", "gone"))

    assert ("exception", "ModelStreamError") == (headers[":message-type"], headers[":exception-type"])
    assert {"Message": "gone", "ErrorCode": "StreamBroken"} == json.loads(payload)
