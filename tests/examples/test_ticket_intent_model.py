"""The committed classifier: reproducible, good enough, and loadable in AWS's scikit-learn image."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from types import ModuleType
from typing import Any

import joblib
import numpy as np
import pytest
from joblib import numpy_pickle
from pathspec import GitIgnoreSpec

LEAST_ACCURACY = 0.79
"""Cross-validated accuracy on the training tickets, 0.898, less three standard errors for 70 tickets."""


@pytest.fixture(scope="module")
def committed(ticket_intent: Path) -> Any:
    """The model as it is packed."""
    return joblib.load(ticket_intent / "model.joblib")


@pytest.fixture(scope="module")
def retrained(training: ModuleType) -> Any:
    """The model as the script makes it now."""
    return training.train()


def test_training_anew_gives_the_committed_model(committed: Any, retrained: Any) -> None:
    """Whoever runs the training script gets the model that is in the repository."""
    assert committed["words"].vocabulary_ == retrained["words"].vocabulary_
    assert np.allclose(committed["intent"].coef_, retrained["intent"].coef_, atol=1e-6)


def test_committed_model_gives_the_committed_predictions(inference: ModuleType, committed: Any) -> None:
    """A change of the model shows as a change of its predictions."""
    expected = json.loads((Path(__file__).parent / "ticket_intent_predictions.json").read_text())

    answers = inference.predict_fn(list(expected), committed)

    assert [each["intent"] for each in expected.values()] == [each["intent"] for each in answers]
    assert [each["confidence"] for each in expected.values()] == pytest.approx(
        [each["confidence"] for each in answers], abs=1e-3
    )


def test_model_is_right_about_tickets_it_has_not_seen(
    ticket_intent: Path, training: ModuleType, committed: Any
) -> None:
    """Its accuracy on the held-out tickets is what cross-validation promises."""
    texts, intents = training.read_tickets(ticket_intent / "data" / "held_out.csv")

    assert committed.score(texts, intents) >= LEAST_ACCURACY


def test_no_held_out_ticket_was_trained_on(ticket_intent: Path, training: ModuleType) -> None:
    """The held-out tickets are held out."""
    seen, _ = training.read_tickets(ticket_intent / "data" / "tickets.csv")
    unseen, _ = training.read_tickets(ticket_intent / "data" / "held_out.csv")

    assert set() == {text.lower() for text in seen} & {text.lower() for text in unseen}


def test_file_names_only_classes_that_the_image_has(
    ticket_intent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The image has its own NumPy, SciPy and joblib: the file names no private module of theirs."""
    named: set[tuple[str, str]] = set()
    find_class = pickle._Unpickler.find_class

    def noting(self: Any, module: str, name: str) -> Any:
        named.add((module, name))
        return find_class(self, module, name)

    monkeypatch.setattr(numpy_pickle.NumpyUnpickler, "find_class", noting)
    joblib.load(ticket_intent / "model.joblib")

    outside_sklearn = {each for each in named if not each[0].startswith("sklearn.")}
    assert {
        ("joblib.numpy_pickle", "NumpyArrayWrapper"),
        ("numpy", "dtype"),
        ("numpy", "float64"),
        ("numpy", "ndarray"),
    } == outside_sklearn


def test_model_is_small_enough_for_a_repository(ticket_intent: Path) -> None:
    """The file stays below 200 kB."""
    assert (ticket_intent / "model.joblib").stat().st_size < 200_000


def test_artefact_holds_the_model_and_its_code_only(ticket_intent: Path) -> None:
    """What `.modelignore` leaves is what the image needs."""
    ignored = GitIgnoreSpec.from_lines((ticket_intent / ".modelignore").read_text().splitlines())
    files = {
        path.relative_to(ticket_intent).as_posix() for path in ticket_intent.rglob("*") if path.is_file()
    }

    assert {"model.joblib", "code/inference.py"} == {file for file in files if not ignored.match_file(file)}
