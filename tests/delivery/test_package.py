"""Packaging a Triton model: what is in the archive, and that its bytes depend on nothing else."""

from __future__ import annotations

import os
import shutil
import tarfile
import time
from pathlib import Path

import pytest

from pilotlight.delivery.package import package
from pilotlight.spec.triton_description import DescriptionRefused


def _entries(archive: Path) -> dict[str, tarfile.TarInfo]:
    with tarfile.open(archive) as tar:
        return {entry.name: entry for entry in tar}


def _text(archive: Path, name: str) -> str:
    with tarfile.open(archive) as tar:
        file = tar.extractfile(name)
        assert file is not None
        return file.read().decode()


def test_an_ensemble_is_laid_out_as_sagemaker_wants_it(folder: Path, tmp_path: Path) -> None:
    """A folder for each step with its version, and one for the ensemble with an empty version."""
    made = package(folder / "model.yaml", tmp_path / "model.tar.gz")

    count, add = made.folders["count"], made.folders["add"]
    assert {
        "acme/1",
        "acme/config.pbtxt",
        f"{add}/1/model.py",
        f"{add}/config.pbtxt",
        f"{count}/1/model.py",
        f"{count}/config.pbtxt",
    } == _entries(made.target).keys()
    assert _entries(made.target)["acme/1"].isdir()
    assert f'model_name: "{add}"' in _text(made.target, "acme/config.pbtxt")


def test_one_model_lies_in_a_folder_of_its_name(folder: Path, tmp_path: Path) -> None:
    """SageMaker's Triton renames it to the target model, so its name need not be unlike others."""
    (folder / "alone.yaml").write_text(
        "name: alone\nsteps:\n  only:\n    backend: python\n    files: {model.py: add.py}\n"
        "    input: {A: {data_type: FP32, dims: [1]}}\n    output: {B: {data_type: FP32, dims: [1]}}\n"
    )

    made = package(folder / "alone.yaml", tmp_path / "model.tar.gz")

    assert ("alone/1/model.py", "alone/config.pbtxt") == made.files
    assert {"only": "alone"} == made.folders


def test_the_same_content_gives_the_same_bytes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither place nor time, permissions, time zone nor umask are in the archive."""
    one = package(folder / "model.yaml", tmp_path / "one.tar.gz")
    elsewhere = tmp_path / "a" / "b"
    shutil.copytree(folder, elsewhere)
    os.utime(elsewhere / "add.py", (0, 0))
    (elsewhere / "add.py").chmod(0o700)
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    mask = os.umask(0o077)
    try:
        other = package(elsewhere / "model.yaml", tmp_path / "other.tar.gz")
    finally:
        os.umask(mask)
        monkeypatch.undo()
        time.tzset()

    assert one.target.read_bytes() == other.target.read_bytes()
    assert one.sha256 == other.sha256


def test_another_content_gives_other_names_of_the_steps(folder: Path, tmp_path: Path) -> None:
    """Two archives on one endpoint must not have a step of the same name, even if the step is the same."""
    one = package(folder / "model.yaml", tmp_path / "one.tar.gz")
    (folder / "add.py").write_text((folder / "add.py").read_text() + "# another version\n")

    other = package(folder / "model.yaml", tmp_path / "other.tar.gz")

    assert one.folders["count"] != other.folders["count"]


def test_another_name_gives_other_names_of_the_steps(folder: Path, tmp_path: Path) -> None:
    """Two tenants may have the very same model."""
    text = (folder / "model.yaml").read_text()
    (folder / "other.yaml").write_text(text.replace("name: acme", "name: globex"))

    one = package(folder / "model.yaml", tmp_path / "one.tar.gz")
    other = package(folder / "other.yaml", tmp_path / "other.tar.gz")

    assert not {*one.folders.values()} & {*other.folders.values()}


def test_a_step_may_be_called_like_the_model(folder: Path, tmp_path: Path) -> None:
    """Their folders differ all the same."""
    text = (folder / "model.yaml").read_text()
    (folder / "model.yaml").write_text(text.replace("name: acme", "name: add"))

    made = package(folder / "model.yaml", tmp_path / "model.tar.gz")

    assert {"add/config.pbtxt", f"{made.folders['add']}/config.pbtxt"} <= {*made.files}


def test_a_backend_that_is_only_on_aws_is_told(folder: Path, tmp_path: Path) -> None:
    """The archive is made: what cannot run is the local Triton's affair."""
    text = (folder / "model.yaml").read_text()
    (folder / "model.yaml").write_text(
        text.replace("model.py: add.py", "model.onnx: add.onnx").replace(
            "add:\n    backend: python", "add:\n    backend: onnxruntime"
        )
    )
    (folder / "add.onnx").write_bytes(b"\x08\x07")

    made = package(folder / "model.yaml", tmp_path / "model.tar.gz")

    assert {"add": "the local Triton has no onnxruntime backend"} == made.only_on_aws
    assert 'backend: "onnxruntime"' in _text(made.target, f"{made.folders['add']}/config.pbtxt")


def test_a_step_that_wants_a_gpu_is_only_on_aws(folder: Path, tmp_path: Path) -> None:
    """AUTO takes the CPU where there is no GPU; GPU does not."""
    text = (folder / "model.yaml").read_text()
    (folder / "model.yaml").write_text(text.replace("kind: CPU", "kind: GPU"))

    assert ["count"] == [*package(folder / "model.yaml", tmp_path / "model.tar.gz").only_on_aws]


def test_fails_when_the_archive_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    """With words."""
    with pytest.raises(DescriptionRefused) as error:
        package(folder / "model.yaml", tmp_path / "nowhere" / "model.tar.gz")

    assert "nowhere/model.tar.gz: cannot be written: no such file or directory" in str(error.value)


@pytest.mark.parametrize("name", ["model.yaml", "add.py", "words/acme.tar.gz", ".", ".."])
def test_fails_when_the_archive_would_replace_what_it_is_made_of(folder: Path, name: str) -> None:
    """A slip in the command must not cost anybody his model."""
    (folder / "words").mkdir()
    (folder / "words" / "a.txt").write_text("a")
    text = (folder / "model.yaml").read_text()
    (folder / "model.yaml").write_text(text.replace("model.py: add.py", "model.py: add.py\n      w: words"))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    with pytest.raises(DescriptionRefused, match="allowed another place for the archive"):
        package(folder / "model.yaml", folder / name)

    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_fails_when_the_archive_would_replace_a_device(folder: Path, tmp_path: Path) -> None:
    """As root, `-o /dev/null` would leave the machine without one; a pipe stands for it."""
    os.mkfifo(tmp_path / "null")

    with pytest.raises(DescriptionRefused, match="null: not a file"):
        package(folder / "model.yaml", tmp_path / "null")

    assert (tmp_path / "null").is_fifo()


def test_a_refusal_leaves_the_archive_that_was_there(folder: Path, tmp_path: Path) -> None:
    """No half archive takes the place of a whole one."""
    made = package(folder / "model.yaml", tmp_path / "model.tar.gz")
    before = made.target.read_bytes()
    (folder / "add.py").write_text("import")

    with pytest.raises(DescriptionRefused):
        package(folder / "model.yaml", tmp_path / "model.tar.gz")

    assert before == made.target.read_bytes()
    assert ["model", "model.tar.gz"] == sorted(path.name for path in tmp_path.iterdir())
