"""Filling requests with records."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.mini_batches import MEGABYTE, MiniBatch, PayloadTooLargeError, mini_batches
from pilotlight.hosting.transform_records import Record, records_of

RECORDS = st.lists(st.integers(1, MEGABYTE // 2), min_size=1, max_size=12).map(
    lambda sizes: [Record(b"x" * size, b"x" * (size - 1)) for size in sizes]
)


def test_a_single_record_goes_without_what_wraps_it() -> None:
    """Padding is removed for SingleRecord, and kept for MultiRecord."""
    records = records_of(b"a\nb\n", "Line")

    assert [MiniBatch(b"a", 1), MiniBatch(b"b", 1)] == [
        *mini_batches(records, single_record=True, max_payload_mb=6)
    ]
    assert [MiniBatch(b"a\nb\n", 2)] == [*mini_batches(records, single_record=False, max_payload_mb=6)]


@given(records=RECORDS)
def test_requests_hold_all_records_in_order_and_are_as_full_as_they_can_be(records: list[Record]) -> None:
    """No request is larger than allowed, and none could have taken the first record of the next one."""
    batches = [*mini_batches(records, single_record=False, max_payload_mb=1)]

    assert len(records) == sum(each.records for each in batches)
    assert all(len(each.body) <= MEGABYTE for each in batches)
    if len(records) > 1:
        assert b"".join(each.raw for each in records) == b"".join(each.body for each in batches)
        first = 0
        for batch in batches[:-1]:
            first += batch.records
            assert len(batch.body) + len(records[first].raw) > MEGABYTE


def test_a_limit_of_zero_is_none() -> None:
    """An object of any size is streamed to containers that can take it."""
    huge = Record(b"x" * (2 * MEGABYTE), b"x" * (2 * MEGABYTE))

    assert [MiniBatch(huge.payload, 1)] == [*mini_batches([huge], single_record=False, max_payload_mb=0)]


@pytest.mark.parametrize("single_record", [True, False])
def test_fails_on_a_record_larger_than_a_request(single_record: bool) -> None:
    """It cannot be split any further."""
    records = [Record(b"x", b"x"), Record(b"x" * (MEGABYTE + 2), b"x" * (MEGABYTE + 1))]

    with pytest.raises(PayloadTooLargeError, match="more than MaxPayloadInMB allows"):
        list(mini_batches(records, single_record=single_record, max_payload_mb=1))


def test_no_record_makes_no_request() -> None:
    """An object of empty lines is answered with nothing."""
    assert [] == [*mini_batches([], single_record=False, max_payload_mb=6)]
