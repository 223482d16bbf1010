"""Filtering records and joining them with their answers: the examples of AWS's guide, and what is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotlight.hosting.json_path_selection import NothingSelectedError, selected
from pilotlight.hosting.transform_processing import Processing, UnprocessableError, assembled
from pilotlight.hosting.transform_records import Record
from pilotlight.spec.json_path import json_path_steps

CELLS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=8), min_size=1)


def record(text: str) -> Record:
    """One line."""
    return Record(f"{text}\n".encode(), text.encode())


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("$", [1, 2], [1, 2]),
        ("$[1:4]", [0, 1, 2, 3, 4, 5], [1, 2, 3, 4]),
        ("$[5:]", [*range(8)], [5, 6, 7]),
        ("$[:5]", [*range(8)], [0, 1, 2, 3, 4, 5]),
        ("$[-1]", [1, 2, 3], 3),
        ("$[0,5:]", [*range(8)], [0, 5, 6, 7]),
        ("$[-2:]", [1, 2, 3], [2, 3]),
        ("$[5:]", [1], []),
        ("$.features", {"id": 1, "features": [3]}, [3]),
        ("$['id','a']", {"id": 1, "a": 2, "b": 3}, {"id": 1, "a": 2}),
        ("$.id.*", {"id": {"a": 1, "b": 2}}, [1, 2]),
        ("$[*]", [1, 2], [1, 2]),
    ],
)
def test_a_path_selects_what_the_guide_says(path: str, value: Any, found: Any) -> None:
    """Both ends of a slice belong to it, as in the guide's examples."""
    assert found == selected(json_path_steps(path), value)


@pytest.mark.parametrize(
    ("path", "value"), [("$[3]", [1]), ("$[-2]", [1]), ("$.a", {"b": 1}), ("$.a", [1]), ("$[0]", {"a": 1})]
)
def test_fails_when_a_path_selects_nothing(path: str, value: Any) -> None:
    """An index outside of the record is an error (CreateTransformJob, OutputFilter)."""
    with pytest.raises(NothingSelectedError):
        selected(json_path_steps(path), value)


def test_an_id_column_is_kept_from_the_model_and_stands_beside_the_answer() -> None:
    """The guide's example for CSV."""
    processing = Processing(input_filter="$[1:]", joins_input=True, output_filter="$[0,-1]", is_csv=True)

    assert b"2,3" == processing.sent(record("id-7,2,3")).payload
    assert b"id-7,0.9" == processing.written(record("id-7,2,3"), b"0.9")


def test_an_id_attribute_is_kept_from_the_model_and_stands_beside_the_answer() -> None:
    """The guide's example for JSON."""
    processing = Processing("$.features", joins_input=True, output_filter="$['id','SageMakerOutput']")
    row = record('{"id": 7, "features": [1, 2], "note": "é"}')

    assert [1, 2] == json.loads(processing.sent(row).payload)
    assert {"id": 7, "SageMakerOutput": {"label": 1}} == json.loads(processing.written(row, b'{"label": 1}'))


def test_a_record_that_is_no_object_becomes_an_attribute() -> None:
    """The joined result for JSON must be an object (CreateTransformJob, JoinSource)."""
    joined = Processing(joins_input=True).written(record("[1, 2]"), b"[3]")

    assert {"SageMakerInput": [1, 2], "SageMakerOutput": [3]} == json.loads(joined)


def test_one_column_alone_is_a_row() -> None:
    """`$[1]` selects a value, and a line of CSV is written of it."""
    processing = Processing(input_filter="$[1]", is_csv=True)

    assert b'"a, b"' == processing.sent(record('7,"a, b"')).payload


@given(cells=CELLS, answer=CELLS)
def test_a_row_keeps_its_cells_whatever_is_in_them(cells: list[str], answer: list[str]) -> None:
    """Quotes, commas and spaces come out as they went in."""
    processing = Processing(joins_input=True, is_csv=True)
    written = Processing(is_csv=True)._written

    joined = processing.written(Record(b"", written(cells)), written(answer))
    assert written([*cells, *answer]) == joined
    assert processing._read(joined) == [*cells, *answer]


def test_answers_to_many_records_are_lines() -> None:
    """One for each record; an answer to one record may have many lines itself."""
    processing = Processing(joins_input=True)

    assert (b"1", b"2") == processing.answers_of(b"1\r\n2\n", 2)
    assert (b"{\n}",) == processing.answers_of(b"{\n}\n", 1)
    with pytest.raises(UnprocessableError, match="3 records with 2 lines"):
        processing.answers_of(b"1\n2\n", 3)


@pytest.mark.parametrize(
    ("processing", "text", "answer"),
    [
        (Processing(joins_input=True), "not json", b"1"),
        (Processing(joins_input=True), "1", b"not json"),
        (Processing(joins_input=True, is_csv=True), "1,2", b"3\n4"),
        (Processing(output_filter="$[9]", is_csv=True), "1,2", b"3"),
        (Processing(joins_input=True, is_csv=True), "1", b"\xff"),
    ],
)
def test_fails_on_what_cannot_be_joined(processing: Processing, text: str, answer: bytes) -> None:
    """The object fails, and says why."""
    with pytest.raises(UnprocessableError):
        processing.written(record(text), answer)


def test_answers_are_put_together_with_lines_or_without() -> None:
    """A line that ends already gets no second end."""
    assert b"a\nb" == assembled([b"a\n", b"b"], with_lines=False)
    assert b"a\nb\n" == assembled([b"a\n", b"b"], with_lines=True)
