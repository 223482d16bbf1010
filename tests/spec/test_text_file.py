"""Files of text: what cannot be one is refused in words, and a file without end is not read to its end."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotlight.spec import FleetRefused
from pilotlight.spec.json_text import json_data
from pilotlight.spec.text_file import text_of


def test_the_mark_of_an_editor_is_no_text(tmp_path: Path) -> None:
    """Some write it before everything else; lines may end as on Windows."""
    file = tmp_path / "a"
    file.write_bytes(b"\xef\xbb\xbfa\r\n")

    assert "a\r\n" == text_of(file, 10)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("/dev/zero", "the file is too large, got more than 10 bytes, allowed 10 bytes"),
        ("/", "cannot be read: is a directory"),
        ("/dev/null/a", "cannot be read: not a directory"),
        ("/" + "a" * 300, "cannot be read: file name too long"),
        ("/a\0b", "cannot be read: embedded null byte"),
        ("/nowhere", "cannot be read: no such file or directory"),
    ],
)
def test_fails_when_there_is_no_text(file: str, words: str) -> None:
    """A device never ends, so no more is read than there can be."""
    with pytest.raises(FleetRefused, match=words):
        text_of(Path(file), 10)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{\n", "f:2: not JSON: "),
        ("[" * 100_000, "f: not JSON: nested too deeply"),
        ("9" * 5000, "f: not JSON: a number with too many digits"),
        ('{"a": [{"b": 1, "b": 2}]}', "f: duplicate key, got b, allowed each key once"),
    ],
)
def test_fails_when_a_text_is_no_json(text: str, words: str) -> None:
    """With the line where that is known."""
    with pytest.raises(FleetRefused) as error:
        json_data(text, Path("f"))

    assert str(error.value).startswith(words)
