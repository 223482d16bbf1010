"""Puts the records of one object together into the requests of a transform job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pilotlight.hosting.transform_records import Record

MEGABYTE: Final = 1024 * 1024
"""What the MB of MaxPayloadInMB is taken for."""


class PayloadTooLargeError(ValueError):
    """A record alone is larger than a request may be."""


@dataclass(frozen=True, slots=True)
class MiniBatch:
    """One request: its body and how many records it holds."""

    body: bytes
    records: int


def mini_batches(
    records: Sequence[Record], *, single_record: bool, max_payload_mb: int
) -> Iterator[MiniBatch]:
    """Give the requests in the order of the records. Raises PayloadTooLargeError.

    single_record: one record a request, without what wraps it; else as many as fit, as they stand.
    max_payload_mb: of one request; 0 sets no limit.
    """
    largest = max_payload_mb * MEGABYTE if max_payload_mb else None
    if single_record or len(records) == 1:
        for record in records:
            _refuse_larger(len(record.payload), largest)
            yield MiniBatch(record.payload, 1)
        return
    yield from _filled(records, largest)


def _filled(records: Sequence[Record], largest: int | None) -> Iterator[MiniBatch]:
    waiting: list[bytes] = []
    size = 0
    for record in records:
        _refuse_larger(len(record.raw), largest)
        if waiting and largest is not None and size + len(record.raw) > largest:
            yield MiniBatch(b"".join(waiting), len(waiting))
            waiting, size = [], 0
        waiting.append(record.raw)
        size += len(record.raw)
    if waiting:
        yield MiniBatch(b"".join(waiting), len(waiting))


def _refuse_larger(size: int, largest: int | None) -> None:
    if largest is not None and size > largest:
        raise PayloadTooLargeError(f"a record has {size} bytes, more than MaxPayloadInMB allows ({largest})")
