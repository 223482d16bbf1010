"""The text format: what a value looks like. That Triton reads it is seen end to end."""

from __future__ import annotations

import ast

from hypothesis import given
from hypothesis import strategies as st

from pilotlight.delivery.text_protobuf import Word, entries, text_protobuf


def test_every_form_that_a_configuration_needs() -> None:
    """Text, numbers, truth, words of an enumeration, lists of numbers, messages, empty messages."""
    assert (
        'name: "a"\nsize: -1\nready: true\nkind: KIND_CPU\ndims: [1, -1]\nstep {\n  name: "b"\n}\nempty { }\n'
    ) == text_protobuf(
        [
            ("name", "a"),
            ("size", -1),
            ("ready", True),
            ("kind", Word("KIND_CPU")),
            ("dims", (1, -1)),
            ("step", [("name", "b")]),
            ("empty", []),
        ]
    )


def test_a_map_is_a_field_per_entry() -> None:
    """Its values may be wrapped in a message."""
    assert 'p {\n  key: "a"\n  value {\n    string_value: "b"\n  }\n}\n' == text_protobuf(
        entries("p", {"a": "b"}, "string_value")
    )


@given(text=st.text(st.characters(codec="utf-8")))
def test_any_text_is_one_line_of_ascii_that_means_it(text: str) -> None:
    """Escapes are those of C, which Python's bytes share."""
    line = text_protobuf([("name", text)])

    assert line.isascii()
    assert 1 == line.count("\n")
    assert text == ast.literal_eval("b" + line.removeprefix("name: ").rstrip("\n")).decode()
