"""Taking objects apart: lines, and the two binary formats."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.transform_records import RECORD_IO_MAGIC, NoRecordsError, Record, records_of

PAYLOADS = st.lists(st.binary(max_size=40), max_size=6)


def record_io(payload: bytes) -> bytes:
    """A record as Apache MXNet writes it."""
    return struct.pack("<II", RECORD_IO_MAGIC, len(payload)) + payload + b"\0" * (-len(payload) % 4)


def tf_record(payload: bytes) -> bytes:
    """A record as TensorFlow writes it, but for the checksums, which nobody looks at."""
    return struct.pack("<QI", len(payload), 0) + payload + b"\0" * 4


def test_an_object_that_is_not_split_is_one_record() -> None:
    """Whatever it holds, nothing at all included."""
    assert (Record(b"a\nb", b"a\nb"),) == records_of(b"a\nb", "None")
    assert (Record(b"", b""),) == records_of(b"", "None")


def test_a_line_is_a_record_without_what_ends_it() -> None:
    """Empty lines are none; the last line needs no end."""
    assert [b"a", b"b c", b"d"] == [each.payload for each in records_of(b"a\n\nb c\r\nd", "Line")]
    assert b"a\nb c\nd\n" == b"".join(each.raw for each in records_of(b"a\n\nb c\r\nd", "Line"))


@given(payloads=PAYLOADS)
def test_record_io_comes_apart_as_it_was_put_together(payloads: list[bytes]) -> None:
    """Padding belongs to what is raw, not to the payload."""
    body = b"".join(map(record_io, payloads))
    records = records_of(body, "RecordIO")

    assert payloads == [each.payload for each in records]
    assert body == b"".join(each.raw for each in records)


@given(payloads=PAYLOADS)
def test_tf_records_come_apart_as_they_were_put_together(payloads: list[bytes]) -> None:
    """So do lengths and checksums."""
    body = b"".join(map(tf_record, payloads))
    records = records_of(body, "TFRecord")

    assert payloads == [each.payload for each in records]
    assert body == b"".join(each.raw for each in records)


@pytest.mark.parametrize("split_type", ["RecordIO", "TFRecord"])
@given(body=st.binary(min_size=1, max_size=60))
def test_fails_on_what_is_no_such_format(split_type: str, body: bytes) -> None:
    """Either every byte belongs to a record, or the object is refused; nothing else is raised."""
    try:
        records = records_of(body, split_type)  # type: ignore[arg-type] # one of its words
    except NoRecordsError:
        return
    assert body == b"".join(each.raw for each in records)


def test_fails_when_an_object_ends_within_a_record() -> None:
    """As a half uploaded one would."""
    with pytest.raises(NoRecordsError, match="ends within a record"):
        records_of(record_io(b"abcd")[:-1], "RecordIO")
    with pytest.raises(NoRecordsError, match="ends within a record"):
        records_of(tf_record(b"abcd")[:-1], "TFRecord")
