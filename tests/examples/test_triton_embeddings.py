"""The example of embeddings: its steps one by one, and that questions find their articles."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.examples.conftest import load
from tests.examples.triton_stand_in import Array, arguments, load_model, texts

EMBEDDINGS = Path(__file__).parents[2] / "examples" / "models" / "embeddings"
TENANTS = EMBEDDINGS / "tenants"


@pytest.fixture
def embed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run both steps of a target model of a tenant, each out of a version folder of its own."""

    def embedded(tenant: str, kind: str, *sentences: str) -> Array:
        steps = {"preprocess": "vocabulary.txt", "encode": "weights.csv"}
        sources = {"vocabulary.txt": "vocabulary.txt", "weights.csv": f"{kind}.csv"}
        models = []
        for step, file in steps.items():
            version = tmp_path / step / "1"
            version.mkdir(parents=True, exist_ok=True)
            shutil.copy(TENANTS / tenant / sources[file], version / file)
            model = load_model(EMBEDDINGS / step / "model.py", monkeypatch).TritonPythonModel()
            model.initialize(arguments(version))
            models.append(model)
        (counted,) = models[0].execute([{"TEXT": texts(*sentences).reshape(-1, 1)}])
        (answer,) = models[1].execute([{"COUNTS": counted.tensors[0].as_numpy()}])
        embedding: Array = answer.tensors[0].as_numpy()
        return embedding

    return embedded


def test_the_readme_can_be_added_up(embed) -> None:
    """The table under "By hand"."""
    text = "Refund the late invoice of my parcel!"

    assert [[1, 0, -1, -1]] == embed("acme", "question", text).tolist()
    assert [[-3, 2, 1, 1]] == embed("globex", "question", text).tolist()


def test_requests_of_a_batch_are_taken_apart_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Triton hands over several requests at once, of one and of two rows."""
    (tmp_path / "1").mkdir()
    shutil.copy(TENANTS / "acme" / "question.csv", tmp_path / "1" / "weights.csv")
    model = load_model(EMBEDDINGS / "encode" / "model.py", monkeypatch).TritonPythonModel()
    model.initialize(arguments(tmp_path / "1"))
    one, late, refund = np.eye(8, dtype=np.float32)[[0, 1, 2]]

    answers = model.execute([{"COUNTS": np.stack([one])}, {"COUNTS": np.stack([late, refund])}])

    assert [[[-2, -3, -2, 1]], [[2, 0, 3, -2], [0, 0, -1, -2]]] == [
        answer.tensors[0].as_numpy().tolist() for answer in answers
    ]


@pytest.mark.parametrize("tenant", ["acme", "globex"])
def test_a_word_is_nearest_to_the_article_about_it(embed, tenant: str) -> None:
    """An article's row of a word is the question's, once to three times: it never points elsewhere."""
    words = (TENANTS / tenant / "vocabulary.txt").read_text().split()
    questions, articles = embed(tenant, "question", *words), embed(tenant, "article", *words)
    lengths = np.linalg.norm(questions, axis=1) * np.linalg.norm(articles, axis=1)

    assert np.allclose(1, (questions * articles).sum(axis=1) / lengths)


def test_the_weights_are_those_of_the_seed(tmp_path: Path) -> None:
    """Whoever runs the script gets the files that are here."""
    load(EMBEDDINGS / "generate.py").main(tmp_path)

    files = sorted(path.relative_to(TENANTS) for path in TENANTS.rglob("*.*"))
    assert 6 == len(files)
    assert [(TENANTS / name).read_text() for name in files] == [
        (tmp_path / name).read_text() for name in files
    ]
