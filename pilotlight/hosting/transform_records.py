"""Takes the objects of a transform job apart into records."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

SplitType = Literal["None", "Line", "RecordIO", "TFRecord"]

RECORD_IO_MAGIC: Final = 0xCED7230A
"""Begins every record of RecordIO (Apache MXNet, src/io: recordio)."""

_RECORD_IO_HEAD: Final = struct.Struct("<II")
_LENGTH_BITS: Final = 29
_TF_HEAD: Final = struct.Struct("<QI")
_TF_TAIL: Final = 4


class NoRecordsError(ValueError):
    """An object is not in the format that it is to be split by."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: raw as it stands in its object, payload without what wraps it."""

    raw: bytes
    payload: bytes


def records_of(body: bytes, split_type: SplitType) -> tuple[Record, ...]:
    """Take an object apart; with None it is one record. Raises NoRecordsError."""
    match split_type:
        case "None":
            return (Record(body, body),)
        case "Line":
            return tuple(_lines(body))
        case "RecordIO":
            return tuple(_record_io(body))
        case "TFRecord":
            return tuple(_tf_records(body))


def _lines(body: bytes) -> Iterator[Record]:
    """Every line that holds something; what ends it is no part of the payload."""
    for line in body.split(b"\n"):
        text = line.removesuffix(b"\r")
        if text:
            yield Record(text + b"\n", text)


def _record_io(body: bytes) -> Iterator[Record]:
    """A magic number, the length, the payload, and padding up to four bytes."""
    at = 0
    while at < len(body):
        magic, length = _unpacked(_RECORD_IO_HEAD, body, at)
        length &= (1 << _LENGTH_BITS) - 1
        if magic != RECORD_IO_MAGIC:
            raise NoRecordsError(f"not RecordIO at byte {at}")
        start = at + _RECORD_IO_HEAD.size
        end = start + length
        at = end + -length % 4
        yield Record(_whole(body[start - _RECORD_IO_HEAD.size : at], at, body), body[start:end])


def _tf_records(body: bytes) -> Iterator[Record]:
    """The length, its checksum, the payload and its checksum; checksums are not looked at."""
    at = 0
    while at < len(body):
        length, _ = _unpacked(_TF_HEAD, body, at)
        start = at + _TF_HEAD.size
        end = start + length
        raw = body[at : end + _TF_TAIL]
        at = end + _TF_TAIL
        yield Record(_whole(raw, at, body), body[start:end])


def _unpacked(head: struct.Struct, body: bytes, at: int) -> tuple[int, int]:
    if at + head.size > len(body):
        raise NoRecordsError(f"the object ends within a record, at byte {len(body)}")
    first, second = head.unpack_from(body, at)
    return first, second


def _whole(raw: bytes, end: int, body: bytes) -> bytes:
    if end > len(body):
        raise NoRecordsError(f"the object ends within a record, at byte {len(body)}")
    return raw
