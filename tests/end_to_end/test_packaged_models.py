"""Packaged archives in a real Triton: they load beside each other and answer what can be derived by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pilotlight.delivery.package import package
from pilotlight.local.containers.triton_environment import TritonUnavailable
from tests.end_to_end.real_triton import RealTriton, running_triton

MODELS = Path(__file__).parents[2] / "examples" / "models"

ODD = 'a "quoted"\\ tab\there, Grüße, \U0001f525 and\nanother line'

ECHO = f"""\
name: echo
max_batch_size: 0
steps:
  only:
    backend: python
    files: {{model.py: echo.py}}
    input: {{ASK: {{data_type: BOOL, dims: [1, -1], optional: true}}, B: {{data_type: INT8, dims: [2]}}}}
    output: {{CONFIG: {{data_type: STRING, dims: [1]}}}}
    instance_groups: {{cpu: {{kind: CPU, count: 2}}}}
    parameters: {{odd: {json.dumps(ODD, ensure_ascii=False)}}}
"""

ECHO_CODE = """\
import numpy as np
import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def initialize(self, args):
        self.config = np.array([args["model_config"].encode()], dtype=np.object_)

    def execute(self, requests):
        return [pb_utils.InferenceResponse([pb_utils.Tensor("CONFIG", self.config)]) for _ in requests]
"""


@pytest.fixture(scope="module")
def triton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealTriton]:
    """One server for all tests of this file; the reason is told where it cannot run."""
    try:
        with running_triton(tmp_path_factory.mktemp("triton")) as server:
            yield server
    except TritonUnavailable as unavailable:
        pytest.skip(f"no real Triton here: {unavailable}")


@pytest.fixture(scope="module")
def embeddings(triton: RealTriton, tmp_path_factory: pytest.TempPathFactory) -> RealTriton:
    """Load both target models of both tenants, all on one server."""
    folder = tmp_path_factory.mktemp("embeddings")
    for file in sorted((MODELS / "embeddings").glob("*.yaml")):
        made = package(file, folder / f"{file.stem}.tar.gz")
        assert (200, "") == triton.load(f"hash-of-{file.stem}", made.target)
    return triton


@pytest.mark.parametrize(
    ("model", "embedding"),
    [
        # parcel (-2, -3, -2, 1), late (2, 0, 3, -2), refund (0, 0, -1, -2), invoice (1, 3, -1, 2)
        ("acme-question", [1, 0, -1, -1]),
        # parcel and refund once, late and invoice three times as much
        ("acme-article", [7, 6, 3, -1]),
        # refund (0, -1, -1, 3), invoice (-3, 3, 2, -2); it knows no parcel
        ("globex-question", [-3, 2, 1, 1]),
        # refund once, invoice three times as much
        ("globex-article", [-9, 8, 5, -3]),
    ],
)
def test_every_tenant_has_an_embedding_of_its_own(
    embeddings: RealTriton, model: str, embedding: list[float]
) -> None:
    """The sum of the rows of the words that the tenant knows."""
    answer = embeddings.ask(
        f"hash-of-{model}", TEXT=("BYTES", [1, 1], ["Refund the late invoice of my parcel!"])
    )

    assert embedding == answer["EMBEDDING"]


def test_a_batch_is_answered_row_by_row(embeddings: RealTriton) -> None:
    """Two texts, two embeddings; a text without any known word is at the origin."""
    answer = embeddings.ask("hash-of-acme-question", TEXT=("BYTES", [2, 1], ["Late, late, LATE", "hello"]))

    assert [6, 0, 9, -6, 0, 0, 0, 0] == answer["EMBEDDING"]


def test_the_sample_is_answered_by_every_model(embeddings: RealTriton) -> None:
    """It is what a warm-up sends."""
    sample = (MODELS / "embeddings" / "sample.json").read_bytes()
    answers = [embeddings.api.invoke(name, sample, {}, 60) for name in embeddings.api.loaded()]

    assert [200] * len(answers) == [answer.status for answer in answers]
    assert answers


def test_the_names_of_the_steps_are_what_lets_two_archives_live_together(embeddings: RealTriton) -> None:
    """Each of the four archives has its own `preprocess` and `encode`."""
    loaded = {name for name in embeddings.api.loaded() if name.startswith("hash-of")}

    assert {
        "hash-of-acme-article",
        "hash-of-acme-question",
        "hash-of-globex-article",
        "hash-of-globex-question",
    } == loaded


def test_fails_when_one_archive_is_loaded_under_two_names(embeddings: RealTriton, tmp_path: Path) -> None:
    """Its steps have the same names both times; so package once for each target model, under its own name."""
    made = package(MODELS / "embeddings" / "acme-question.yaml", tmp_path / "copy.tar.gz")

    status, words = embeddings.load("hash-of-a-copy", made.target)

    assert (400, True) == (status, "failed to poll from model repository" in words)


def test_autocomplete_decodes_and_reuses_what_it_has_read(triton: RealTriton, tmp_path: Path) -> None:
    """The same beginning, continued: only the new word is read."""
    for tenant, words in {"acme": "parcel is on its way", "globex": "export is ready"}.items():
        made = package(MODELS / "autocomplete" / f"{tenant}.yaml", tmp_path / f"{tenant}.tar.gz")
        name = f"autocomplete-{tenant}"
        assert (200, "") == triton.load(name, made.target)

        first = triton.ask(name, PROMPT=("BYTES", [1], ["Your"]))
        sample = triton.api.invoke(name, (MODELS / "autocomplete" / "sample.json").read_bytes(), {}, 60)
        again = triton.ask(name, PROMPT=("BYTES", [1], ["Your"]), MOST=("INT32", [1], [1]))

        assert {"TEXT": [words], "REUSED": [0]} == first
        assert 200 == sample.status
        assert {"TEXT": words.split()[:1], "REUSED": [1]} == again
        assert 200 == triton.api.unload(name, 60).status


def test_triton_understands_the_configuration_as_it_was_described(triton: RealTriton, tmp_path: Path) -> None:
    """Types, shapes, instances, and a parameter with everything that needs an escape."""
    (tmp_path / "echo.yaml").write_text(ECHO)
    (tmp_path / "echo.py").write_text(ECHO_CODE)
    made = package(tmp_path / "echo.yaml", tmp_path / "echo.tar.gz")
    assert (200, "") == triton.load("echo", made.target)

    (text,) = triton.ask("echo", B=("INT8", [2], [1, 2]))["CONFIG"]

    config = json.loads(text)
    assert {"odd": {"string_value": ODD}} == config["parameters"]
    assert ("python", 0) == (config["backend"], config["max_batch_size"])
    assert [("ASK", "TYPE_BOOL", [1, -1], True), ("B", "TYPE_INT8", [2], False)] == [
        (each["name"], each["data_type"], each["dims"], each["optional"]) for each in config["input"]
    ]
    assert [("cpu", "KIND_CPU", 2)] == [
        (each["name"], each["kind"], each["count"]) for each in config["instance_group"]
    ]


def test_fails_when_a_model_wants_a_backend_that_is_only_on_aws(triton: RealTriton, tmp_path: Path) -> None:
    """Which is why the package is labelled."""
    (tmp_path / "torch.yaml").write_text(
        ECHO.replace("backend: python", "backend: pytorch").replace("model.py: echo.py", "model.pt: echo.pt")
    )
    (tmp_path / "echo.pt").write_bytes(b"weights")
    made = package(tmp_path / "torch.yaml", tmp_path / "torch.tar.gz")

    status, words = triton.load("torch", made.target)

    assert ["only"] == [*made.only_on_aws]
    assert 400 == status
    assert "unable to find backend library for backend 'pytorch'" in words


def test_fails_when_a_model_wants_a_gpu(triton: RealTriton, tmp_path: Path) -> None:
    """AUTO would take the CPU; so the package is labelled."""
    (tmp_path / "gpu.yaml").write_text(ECHO.replace("kind: CPU", "kind: GPU"))
    (tmp_path / "echo.py").write_text(ECHO_CODE)
    made = package(tmp_path / "gpu.yaml", tmp_path / "gpu.tar.gz")

    assert ["only"] == [*made.only_on_aws]
    assert 400 == triton.load("gpu", made.target)[0]
