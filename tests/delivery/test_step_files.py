"""The files that a description names: inside its folder, there, and what the backend looks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotlight.delivery.package import checked_model, package
from pilotlight.spec.refusal import Refusal
from pilotlight.spec.triton_description import DescriptionRefused


def _refusals(folder: Path, old: str = "", new: str = "") -> tuple[Refusal, ...]:
    file = folder / "model.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    with pytest.raises(DescriptionRefused) as error:
        checked_model(file)
    return error.value.refusals


def test_fails_when_a_file_is_missing(folder: Path) -> None:
    """The refusal names file, line and path."""
    (refusal,) = _refusals(folder, "add.py", "ad.py")

    lines = (folder / "model.yaml").read_text().splitlines()
    assert "steps.add.files.model.py" == refusal.path
    assert "      model.py: ad.py" == lines[(refusal.line or 0) - 1]
    assert ("no such file", "ad.py") == (refusal.what, refusal.got)
    assert str(folder / "model.yaml") == refusal.file


def test_fails_when_a_link_leads_outside(folder: Path, tmp_path: Path) -> None:
    """A link inside is fine: its content is packed."""
    (tmp_path / "secret.py").write_text((folder / "add.py").read_text())
    (folder / "inside.py").symlink_to("add.py")
    (folder / "add-link.py").symlink_to(tmp_path / "secret.py")

    (refusal,) = _refusals(
        folder, "model.py: add.py", "model.py: add.py\n      a.py: inside.py\n      b.py: add-link.py"
    )

    assert ("steps.add.files.b.py", "a link that leads outside") == (refusal.path, refusal.what)


def test_a_folder_is_packed_whole(folder: Path, tmp_path: Path) -> None:
    """Without what Python leaves behind."""
    (folder / "words" / "de" / "__pycache__").mkdir(parents=True)
    for name in ("words/en.txt", "words/de/a.txt", "words/de/__pycache__/a.pyc", "words/x.pyc"):
        (folder / name).write_text("a")
    file = folder / "model.yaml"
    file.write_text(file.read_text().replace("model.py: add.py", "model.py: add.py\n      dictionary: words"))

    made = package(file, tmp_path / "model.tar.gz")

    packed = [name.partition("/1/")[2] for name in made.files if name.startswith(f"{made.folders['add']}/1/")]
    assert ["dictionary/de/a.txt", "dictionary/en.txt", "model.py"] == packed


def test_fails_when_a_folder_holds_a_link_or_nothing(folder: Path) -> None:
    """A link in a folder may lead anywhere."""
    (folder / "words").mkdir()
    (folder / "words" / "link").symlink_to("/etc")
    (folder / "empty").mkdir()

    refusals = _refusals(
        folder, "model.py: add.py", "model.py: add.py\n      words: words\n      none: empty"
    )

    assert {"neither a file nor a folder", "holds nothing to pack"} == {each.what for each in refusals}


def test_fails_when_a_file_has_a_name_that_none_can_have(folder: Path) -> None:
    """Longer than file systems take, it is a file that is not there."""
    (refusal,) = _refusals(folder, "model.py: add.py", f"model.py: {'x' * 300}")

    assert "no such file" == refusal.what


def test_fails_when_two_files_have_one_name(folder: Path) -> None:
    """A file, and one of a folder."""
    (folder / "words").mkdir()
    (folder / "words" / "a.txt").write_text("a")

    (refusal,) = _refusals(
        folder, "model.py: add.py", "model.py: add.py\n      w/a.txt: add.py\n      w: words"
    )

    assert ("two files of one name", "w/a.txt") == (refusal.what, refusal.got)


@pytest.mark.parametrize(
    "files",
    ["w: add.py\n      w/a.txt: add.py", "w/a.txt: add.py\n      w: add.py"],
    ids=["file first", "last"],
)
def test_fails_when_a_file_has_the_name_of_a_folder(folder: Path, files: str) -> None:
    """No archive that could be unpacked holds both."""
    (refusal,) = _refusals(folder, "model.py: add.py", f"model.py: add.py\n      {files}")

    assert ("a file and a folder of one name", "also add.py") == (refusal.what, refusal.hint)


def test_fails_when_a_file_has_no_name(folder: Path) -> None:
    """A folder may be packed into the version folder itself, a file may not."""
    (folder / "words").mkdir()
    (folder / "words" / "a.txt").write_text("a")

    (refusal,) = _refusals(folder, "model.py: add.py", "./: words\n      .: add.py\n      model.py: add.py")

    assert ("steps.add.files..", "no name for a file") == (refusal.path, refusal.what)


def test_fails_when_the_model_of_python_is_a_folder(folder: Path) -> None:
    """Only the ONNX backend takes a folder of the name of its file."""
    (refusal,) = _refusals(folder, "model.py: add.py", "model.py/add.py: add.py")

    assert "no model.py" == refusal.what


@pytest.mark.parametrize(
    ("backend", "file"), [("python", "model.py"), ("pytorch", "model.pt"), ("onnxruntime", "model.onnx")]
)
def test_fails_without_the_file_of_the_backend(folder: Path, backend: str, file: str) -> None:
    """Triton would refuse it on the instance, after the download."""
    text = (folder / "model.yaml").read_text()
    (folder / "model.yaml").write_text(text.replace("backend: python", f"backend: {backend}"))

    refusals = _refusals(folder, "model.py: add.py", "weights.bin: add.py")

    assert f"no {file}" in {each.what for each in refusals if each.path == "steps.add.files"}


@pytest.mark.parametrize(
    ("code", "what", "got"),
    [
        ("def execute(:", "not Python", "add.py, line 1: invalid syntax"),
        ("\0", "not Python", "source code"),
        ("x = 1\n", "no class TritonPythonModel", "no class"),
        ("class Model:\n    pass\n", "no class TritonPythonModel", "Model"),
        (
            "class TritonPythonModel:\n    def initialize(self, args): ...\n",
            "TritonPythonModel cannot be asked",
            "initialize",
        ),
    ],
)
def test_fails_when_the_python_backend_could_not_load_the_file(
    folder: Path, code: str, what: str, got: str
) -> None:
    """It is read, and never run."""
    (folder / "add.py").write_text(code)

    (refusal,) = _refusals(folder)

    assert ("steps.add.files.model.py", what) == (refusal.path, refusal.what)
    assert got in refusal.got


def test_a_warning_of_python_is_no_fault(folder: Path) -> None:
    """Python only warns of an escape that it does not know."""
    (folder / "add.py").write_text('x = "\\d"\n' + (folder / "add.py").read_text())

    assert "acme" == checked_model(folder / "model.yaml").name


def test_a_class_that_inherits_may_have_its_methods_from_elsewhere(folder: Path) -> None:
    """What a base has cannot be known without running it."""
    (folder / "add.py").write_text("from base import Base\n\nclass TritonPythonModel(Base):\n    pass\n")

    assert "acme" == checked_model(folder / "model.yaml").name


def test_faults_of_files_come_with_those_of_the_description(folder: Path) -> None:
    """In the order of the lines, those of a step that is faulty itself too."""
    refusals = _refusals(
        folder,
        "backend: python\n    files:\n      model.py: add.py",
        "backend: pyton\n    files:\n      model.py: gone.py",
    )

    assert ["unknown backend", "no such file"] == [each.what for each in refusals]
