"""The page about `pilotlight package` shows what is really printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from pilotlight.cli import main

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "commands" / "package.md"
BIG = """\
name: big
steps:
  encode:
    backend: onnxruntime
    files: {model.onnx: big.onnx}
    input: {IDS: {data_type: INT64, dims: [-1]}}
    output: {EMBEDDING: {data_type: FP32, dims: [768]}}
"""


def _printed(text: str) -> list[str]:
    """The lines without what depends on the version of zlib, and without space at their ends."""
    return [re.sub(r"\d+ bytes", "n bytes", line.rstrip()) for line in text.strip().splitlines()]


def test_every_command_prints_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in a folder with the examples, and with the description that the page shows refused."""
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text()
    Path("examples").symlink_to(ROOT / "examples")
    (faulty,) = re.findall(r"```yaml\n(name: faulty\n.*?)```", page, re.DOTALL)
    Path("faulty.yaml").write_text(faulty)
    Path("big.yaml").write_text(BIG)
    Path("big.onnx").write_bytes(b"weights\n")
    shown = re.findall(r"^\$ pilotlight ([^\n]*)\n(.*?)(?=^```|^\$)", page, re.DOTALL | re.MULTILINE)

    assert 3 == len(shown)
    for command, output in shown:
        result = CliRunner().invoke(main, command.split())
        assert _printed(output) == _printed(result.stdout + result.stderr)


def test_the_page_shows_the_description_that_is_in_the_examples() -> None:
    """Word for word."""
    assert (ROOT / "examples/models/embeddings/acme-question.yaml").read_text() in PAGE.read_text()
