"""What the image of each framework looks for in a model directory, and what is said when it is not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from pilotlight.catalog.images import ALIASES, frameworks
from pilotlight.catalog.model_layouts import EXPECTATIONS, Layout, runs_code
from pilotlight.spec import FleetRefused, Refusal, load_fleet
from pilotlight.spec.model_files import ModelFiles
from pilotlight.spec.model_layout import layout_faults

LOADS = "def model_fn(model_dir): ..."
SCRIPT = "code/inference.py"
BOTH = "def input_handler(data, context): ...\ndef output_handler(data, context): ..."


def faults_of(directory: Path, framework: str, files: dict[str, str]) -> tuple[Refusal, ...]:
    """What is wrong with a directory of these files."""
    for name, text in files.items():
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tuple(layout_faults(framework, ModelFiles.below(directory)))


def test_every_framework_has_an_expectation() -> None:
    """A further framework of the data needs one."""
    assert set(frameworks()) == set(EXPECTATIONS)
    assert set(ALIASES.values()) <= set(EXPECTATIONS)


def test_images_that_serve_weights_run_no_code() -> None:
    """By any name of theirs."""
    assert not runs_code("tgi")
    assert not runs_code("sglang")
    assert runs_code("sklearn")
    assert runs_code("triton")
    assert Layout.WEIGHTS is EXPECTATIONS["huggingface-tei"].layout


@pytest.mark.parametrize(
    ("framework", "files"),
    [
        ("scikit-learn", {SCRIPT: LOADS, "model.joblib": ""}),
        ("scikit-learn", {SCRIPT: "from loading import model_fn"}),
        ("scikit-learn", {SCRIPT: "from loading import *"}),
        ("scikit-learn", {SCRIPT: "if True:\n    model_fn = print"}),
        ("sklearn", {SCRIPT: "async def model_fn(model_dir): ..."}),
        ("xgboost", {SCRIPT: LOADS}),
        ("pytorch", {SCRIPT: LOADS}),
        ("pytorch", {"model.pth": ""}),
        ("pytorch", {"model.pt": "", SCRIPT: "def predict_fn(data, model): ..."}),
        ("mxnet", {"model-symbol.json": ""}),
        ("huggingface-pytorch", {"config.json": "", "model.safetensors": ""}),
        ("huggingface-pytorch", {SCRIPT: LOADS}),
        ("tensorflow", {"1/saved_model.pb": ""}),
        ("tensorflow", {"ranker/00000012/saved_model.pb": "", SCRIPT: BOTH}),
        ("tensorflow", {"1/saved_model.pb": "", SCRIPT: "def handler(data, context): ..."}),
        ("triton", {"ranker/1/model.onnx": ""}),
        ("triton", {"ranker/config.pbtxt": "", "ranker/1/model.py": "", "words/2/model.onnx": ""}),
        ("djl-lmi", {"serving.properties": ""}),
        ("lmi", {"config.json": "", "model.safetensors": ""}),
        ("huggingface-tgi", {"config.json": "", "model-00001-of-2.safetensors": ""}),
        ("vllm", {"params.json": "", "consolidated.safetensors": ""}),
        ("huggingface-tei", {"config.json": "", "onnx/model.onnx": ""}),
    ],
)
def test_a_directory_with_what_the_image_looks_for_is_fine(
    tmp_path: Path, framework: str, files: dict[str, str]
) -> None:
    """A script is read and never run, so what only running would tell is given the benefit of the doubt."""
    assert () == faults_of(tmp_path, framework, files)


STRANGE: list[tuple[str, dict[str, str], str, str, str]] = [
    ("scikit-learn", {"model.joblib": ""}, "", "no script that loads the model", ""),
    (
        "scikit-learn",
        {"inference.py": LOADS},
        "",
        "no script that loads the model",
        "move inference.py to code/",
    ),
    (
        "scikit-learn",
        {SCRIPT: "def predict_fn(data, model): ..."},
        SCRIPT,
        "does not say how to load the model",
        "input_fn, predict_fn and output_fn are optional",
    ),
    (
        "xgboost",
        {SCRIPT: BOTH},
        SCRIPT,
        "does not say how to load the model",
        "handlers are what the images of TensorFlow ask; the others ask functions that end in _fn",
    ),
    ("pytorch", {SCRIPT: "def model_fn(:"}, SCRIPT, "no Python", ""),
    ("pytorch", {SCRIPT: "\0"}, SCRIPT, "no Python", ""),
    ("pytorch", {SCRIPT: "a." * 100_000 + "a"}, SCRIPT, "no Python", ""),
    ("pytorch", {SCRIPT: "-" * 200_000 + "1"}, SCRIPT, "no Python", ""),
    ("pytorch", {"weights/model.pth": ""}, "", "no script that loads the model", ""),
    ("huggingface-pytorch", {"model.safetensors": ""}, "", "no script that loads the model", ""),
    (
        "tensorflow",
        {"saved_model.pb": ""},
        "",
        "no version of a SavedModel",
        "move what is beside saved_model.pb to 1/",
    ),
    ("tensorflow", {"ranker/model.keras": ""}, "", "no version of a SavedModel", ""),
    (
        "tensorflow",
        {"1/saved_model.pb": "", SCRIPT: LOADS},
        SCRIPT,
        "cannot be asked by TensorFlow's images",
        "TensorFlow Serving loads the model; the script only reads requests and writes answers",
    ),
    (
        "tensorflow",
        {"1/saved_model.pb": "", SCRIPT: "def input_handler(data, context): ..."},
        SCRIPT,
        "cannot be asked by TensorFlow's images",
        "",
    ),
    (
        "triton",
        {"config.pbtxt": "", "1/model.onnx": ""},
        "",
        "the model lies at the root of its repository",
        "move config.pbtxt and the versions below it, as ranker/config.pbtxt and ranker/1/model.onnx",
    ),
    (
        "triton",
        {"ranker/config.pbtxt": ""},
        "ranker",
        "a model without a version",
        "a version without files is not packed",
    ),
    ("triton", {"README.md": ""}, "", "no model repository of Triton", ""),
    (
        "djl-lmi",
        {"weights/config.json": ""},
        "",
        "nothing that DJL Serving starts with",
        "with the id of a model in its environment the image needs no directory at all",
    ),
    (
        "vllm",
        {"mistral/config.json": "", "mistral/model.safetensors": ""},
        "",
        "no configuration of a model",
        "make mistral the directory",
    ),
    ("sglang", {"config.json": ""}, "", "no weights", ""),
]
"""Framework, files, the path that is blamed, what is wrong, the hint."""


@pytest.mark.parametrize(
    ("framework", "files", "said"), [(name, files, tuple(said)) for name, files, *said in STRANGE]
)
def test_fails_when_the_image_would_not_find_what_it_looks_for(
    tmp_path: Path, framework: str, files: dict[str, str], said: tuple[str, str, str]
) -> None:
    """Where, what is there, what would do, and how to get there."""
    (fault,) = faults_of(tmp_path, framework, files)

    assert said == (fault.path, fault.what, fault.hint)
    assert fault.got
    assert fault.allowed


def test_many_files_are_not_all_listed(tmp_path: Path) -> None:
    """A refusal is a line, not a listing."""
    (fault,) = faults_of(tmp_path, "sklearn", {f"{number}.txt": "" for number in range(9)})

    assert fault.got.endswith("and 3 more")


def fleet_with(directory: Path, **model: object) -> Path:
    """A fleet file whose model is a directory beside it."""
    said = {"framework": "scikit-learn", "version": "1.4-2", "source": "model", **model}
    endpoint = {"kind": "async", "model": said, "instance_type": "ml.m5.large"}
    file = directory / "fleet.yaml"
    file.write_text(yaml.safe_dump({"name": "starter", "endpoints": {"ocr": endpoint}}))
    (directory / "model").mkdir(exist_ok=True)
    (directory / "model" / "inference.py").write_text(LOADS)
    return file


def test_fails_when_a_fleet_file_names_a_strange_directory(tmp_path: Path) -> None:
    """When it is loaded, so check and synth say the same, at the line of the source."""
    with pytest.raises(FleetRefused) as error:
        load_fleet(fleet_with(tmp_path))

    (refusal,) = error.value.refusals
    assert "endpoints.ocr.model.source" == refusal.path
    assert "move inference.py to code/" == refusal.hint
    assert refusal.line is not None


def test_fails_when_a_script_cannot_be_read(tmp_path: Path) -> None:
    """A pipe would be waited for until somebody writes into it, and a link may lead nowhere."""
    (tmp_path / "code").mkdir()
    os.mkfifo(tmp_path / SCRIPT)
    (fault,) = faults_of(tmp_path, "pytorch", {})
    assert "neither a file nor a link to one" == fault.got

    (tmp_path / SCRIPT).unlink()
    (tmp_path / SCRIPT).symlink_to("nowhere")
    (fault,) = faults_of(tmp_path, "pytorch", {})
    assert "neither a file nor a link to one" == fault.got


def test_a_warning_of_python_is_no_fault(tmp_path: Path) -> None:
    """Python only warns of an escape that it does not know."""
    assert () == faults_of(tmp_path, "pytorch", {SCRIPT: f'{LOADS}\nRULE = "\\d"\n'})


def test_a_script_of_another_name_is_not_looked_for(tmp_path: Path) -> None:
    """Whoever sets SAGEMAKER_PROGRAM has one."""
    load_fleet(fleet_with(tmp_path, environment={"SAGEMAKER_PROGRAM": "serve.py"}))


def test_an_image_of_ones_own_may_look_for_anything(tmp_path: Path) -> None:
    """Only frameworks are known."""
    load_fleet(fleet_with(tmp_path, framework=None, version=None, ecr={"repository": "ocr", "tag": "1"}))
