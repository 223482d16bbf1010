"""Messages of AWS's event streams (`application/vnd.amazon.eventstream`), as clients read them.

Layout: total length, length of the headers, CRC of these two, headers, payload, CRC of everything before
(Smithy specification, Amazon Event Stream). Only headers of the type string are written.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from zlib import crc32

CONTENT_TYPE = "application/vnd.amazon.eventstream"

_STRING = 7
_PRELUDE, _CHECKSUM = 12, 4
_LARGEST_PART = 128 * 1024


def payload_parts(part: bytes) -> bytes:
    """The messages that carry a part of an answer; a large one is carried by several."""
    headers = {
        ":message-type": "event",
        ":event-type": "PayloadPart",
        ":content-type": "application/octet-stream",
    }
    pieces = [part[at : at + _LARGEST_PART] for at in range(0, len(part), _LARGEST_PART)]
    return b"".join(message(headers, piece) for piece in pieces)


def stream_error(error_code: str, text: str) -> bytes:
    """The message that says why the stream broke: `ModelInvocationTimeExceeded` or `StreamBroken`."""
    headers = {
        ":message-type": "exception",
        ":exception-type": "ModelStreamError",
        ":content-type": "application/json",
    }
    return message(headers, json.dumps({"Message": text, "ErrorCode": error_code}).encode())


def message(headers: Mapping[str, str], payload: bytes) -> bytes:
    """One message."""
    encoded = b"".join(_header(name, value) for name, value in headers.items())
    total = _PRELUDE + len(encoded) + len(payload) + _CHECKSUM
    prelude = struct.pack(">II", total, len(encoded))
    body = prelude + struct.pack(">I", crc32(prelude)) + encoded + payload
    return body + struct.pack(">I", crc32(body))


def _header(name: str, value: str) -> bytes:
    encoded_name, encoded = name.encode(), value.encode()
    return (
        struct.pack(">B", len(encoded_name))
        + encoded_name
        + struct.pack(">BH", _STRING, len(encoded))
        + encoded
    )
