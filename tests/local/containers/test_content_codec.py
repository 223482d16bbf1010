"""Bodies to arrays and back, as the scikit-learn image does by default."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotlight.local.containers.content_codec import CSV, JSON, NPY, UnsupportedFormatError, decode, encode

MATRICES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(-9, 9), min_size=width, max_size=width), min_size=2, max_size=5
    )
)


@settings(max_examples=30)
@given(MATRICES)
def test_json_comes_back_as_it_was(rows: list[list[int]]) -> None:
    """Encoding and decoding JSON changes nothing."""
    assert rows == decode(encode(np.array(rows), JSON), JSON).tolist()


@settings(max_examples=30)
@given(MATRICES)
def test_npy_comes_back_as_it_was(rows: list[list[int]]) -> None:
    """Encoding and decoding NPY changes nothing."""
    assert rows == decode(encode(np.array(rows), NPY), NPY).tolist()


def test_csv_is_read_as_text() -> None:
    """A row of CSV becomes a row of texts; a single row or column loses that dimension."""
    assert [["1", "a,b"], ["2", "c"]] == decode('1,"a,b"\n2,c\n', CSV).tolist()
    assert ["1", "2"] == decode("1\n2\n", CSV).tolist()


def test_list_of_predictions_becomes_a_column_of_csv() -> None:
    """One prediction a row."""
    assert "yes\nno\n" == encode(np.array(["yes", "no"]), CSV)
    assert "1,2\n3,4\n" == encode([[1, 2], [3, 4]], CSV)


def test_fails_when_an_npy_body_holds_objects() -> None:
    """Loading pickled objects would run what a caller sent."""
    body = io.BytesIO()
    np.save(body, np.array([{"a": 1}], dtype=object))

    with pytest.raises(ValueError, match="allow_pickle"):
        decode(body.getvalue(), NPY)


@pytest.mark.parametrize("content_type", ["text/plain", "text/csv; charset=utf-8"])
def test_fails_when_the_content_type_is_unknown(content_type: str) -> None:
    """As in the image, parameters make another content type."""
    with pytest.raises(UnsupportedFormatError, match=content_type):
        decode("1", content_type)
    with pytest.raises(UnsupportedFormatError, match=content_type):
        encode([1], content_type)


def test_fails_when_a_prediction_cannot_be_written_as_json() -> None:
    """What has no list form has no JSON form."""
    with pytest.raises(TypeError, match="object of type set"):
        encode({1}, JSON)
