"""How the runner finds the script that the environment names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pilotlight.catalog.framework_environment import SCRIPT_ENVIRONMENT
from pilotlight.local.containers.framework_runner import MODEL_DIR_VARIABLE, code_folder, import_script
from pilotlight.local.containers.script_handlers import ScriptError


@pytest.fixture
def model_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An unpacked artefact, as the environment of a container names it."""
    monkeypatch.setenv(MODEL_DIR_VARIABLE, str(tmp_path))
    for name, value in SCRIPT_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delitem(sys.modules, "inference", raising=False)
    return tmp_path


def test_model_folder_of_the_container_is_the_unpacked_artefact(model_folder: Path) -> None:
    """What the environment calls /opt/ml/model is another folder here."""
    assert model_folder / "code" == code_folder()


def test_script_of_the_artefact_is_imported(model_folder: Path) -> None:
    """The script may import what lies beside it."""
    (model_folder / "code").mkdir()
    (model_folder / "code" / "neighbour_of_script.py").write_text("ANSWER = 42\n")
    (model_folder / "code" / "inference.py").write_text("from neighbour_of_script import ANSWER\n")

    assert 42 == import_script().ANSWER


def test_requirements_are_not_installed_and_the_log_says_so(
    model_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The image would run pip; here the environment has to have everything."""
    (model_folder / "code").mkdir()
    (model_folder / "code" / "requirements.txt").write_text("leftpad\n")
    (model_folder / "code" / "inference.py").write_text("")
    import_script()

    assert "requirements.txt is not installed here" in caplog.text


def test_fails_when_the_environment_names_no_script(
    model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without SAGEMAKER_PROGRAM the image has nothing to import."""
    monkeypatch.delenv("SAGEMAKER_PROGRAM")

    with pytest.raises(ScriptError, match="must set SAGEMAKER_PROGRAM"):
        import_script()


def test_fails_when_the_artefact_has_no_such_folder(model_folder: Path) -> None:
    """An artefact that was packed without its code is told so."""
    with pytest.raises(ScriptError, match=f"got {model_folder}/code"):
        import_script()
