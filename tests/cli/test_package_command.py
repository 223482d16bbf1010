"""`pilotlight package` as a user sees it."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pilotlight.cli import main

EMBEDDINGS = Path(__file__).parents[2] / "examples" / "models" / "embeddings"

ON_AWS_ONLY = """\
name: big
steps:
  encode:
    backend: onnxruntime
    files: {model.onnx: big.onnx}
    input: {IDS: {data_type: INT64, dims: [-1]}}
    output: {EMBEDDING: {data_type: FP32, dims: [768]}}
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run the command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["package", *arguments])

    return ran


def test_an_archive_is_written(run) -> None:
    """The command says what is in it."""
    result = run(str(EMBEDDINGS / "acme-question.yaml"), "-o", "model.tar.gz")

    assert 0 == result.exit_code, result.output
    assert result.stdout.startswith("acme-question: an ensemble, 8 entries, ")
    with tarfile.open("model.tar.gz") as archive:
        assert 8 == len(archive.getnames())


def test_the_archive_is_called_after_the_model(run) -> None:
    """As SageMaker calls the target model."""
    run(str(EMBEDDINGS / "globex-article.yaml"))

    assert [Path("globex-article.tar.gz")] == [*Path().iterdir()]


def test_what_cannot_run_locally_is_told(run) -> None:
    """On the error stream, as a note; the archive is written."""
    Path("big.yaml").write_text(ON_AWS_ONLY)
    Path("big.onnx").write_bytes(b"\x08\x07")

    result = run("big.yaml")

    assert 0 == result.exit_code, result.output
    assert (
        "note: encode is not runnable locally: the local Triton has no onnxruntime backend" in result.stderr
    )
    assert Path("big.tar.gz").exists()


def test_json_says_the_same(run) -> None:
    """For machines."""
    Path("big.yaml").write_text(ON_AWS_ONLY)
    Path("big.onnx").write_bytes(b"\x08\x07")

    document = json.loads(run("big.yaml", "--json").stdout)

    assert (True, "big", "big.tar.gz", False) == tuple(
        document[key] for key in ("fine", "name", "archive", "ensemble")
    )
    assert {
        "encode": {
            "backend": "onnxruntime",
            "folder": "big",
            "runs_locally": False,
            "why_not": "the local Triton has no onnxruntime backend",
        }
    } == document["steps"]
    assert ["big/1/model.onnx", "big/config.pbtxt"] == document["files"]
    assert Path("big.tar.gz").stat().st_size == document["bytes"]


def test_fails_with_every_fault(run) -> None:
    """Exit code 1, one line a fault, no traceback, no archive."""
    Path("big.yaml").write_text(ON_AWS_ONLY.replace("INT64", "TYPE_INT64").replace("big.onnx", "gone.onnx"))

    result = run("big.yaml")

    assert 1 == result.exit_code
    assert [
        "big.yaml:5: steps.encode.files.model.onnx: no such file, got gone.onnx, "
        "allowed a file or folder beside the description",
        "big.yaml:6: steps.encode.input.IDS.data_type: unknown data type, got TYPE_INT64, allowed BOOL, "
        "UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, FP32, FP64, STRING, BF16 "
        "(did you mean INT64?)",
    ] == result.stderr.splitlines()
    assert not Path("big.tar.gz").exists()


def test_fails_with_the_faults_as_json(run) -> None:
    """The same ones."""
    Path("big.yaml").write_text(ON_AWS_ONLY)

    result = run("big.yaml", "--json")

    assert 1 == result.exit_code
    (refusal,) = json.loads(result.stdout)["refusals"]
    assert ("big.yaml", 5, "no such file") == (refusal["file"], refusal["line"], refusal["what"])


def test_fails_without_a_description(run) -> None:
    """A file that is not there is refused; no file at all is a usage error."""
    assert 1 == run("nothing.yaml").exit_code
    assert 2 == run().exit_code


def test_help_has_an_example(run) -> None:
    """As every command has."""
    assert "Example: pilotlight package examples/models" in " ".join(run("--help").stdout.split())
