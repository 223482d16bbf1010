"""The inference script: what it takes, what it answers, what it refuses; and that the image can run it."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

IMAGE_PYTHON = (3, 10)
IMAGE_HAS = {"__future__", "csv", "io", "json", "pathlib", "typing", "joblib"}


@pytest.fixture(scope="module")
def model(inference: ModuleType, ticket_intent: Path) -> Any:
    """The model, loaded by the script."""
    return inference.model_fn(str(ticket_intent))


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('{"text": "a parcel"}', "application/json"),
        ('{"instances": ["a parcel"]}', "application/json"),
        ('{"instances": [{"text": "a parcel"}]}', "application/json; charset=utf-8"),
        ('["a parcel"]', "application/json"),
        ('[{"text": "a parcel"}]', "application/json"),
        ("a parcel\n", "text/csv"),
        (b"a parcel", "text/plain"),
        (b'{"text": "a parcel"}', "application/json"),
    ],
)
def test_every_form_of_a_ticket_is_read(inference: ModuleType, body: str | bytes, content_type: str) -> None:
    """Callers may send JSON, CSV or plain text."""
    assert ["a parcel"] == inference.input_fn(body, content_type)


def test_rows_of_csv_are_tickets(inference: ModuleType) -> None:
    """A row is a ticket, commas and line breaks inside quotes included."""
    assert ["one", "two, three", "four\nfive"] == inference.input_fn(
        'one\n"two, three"\n"four\nfive"\n', "text/csv"
    )


@pytest.mark.parametrize(
    ("body", "content_type", "complaint"),
    [
        ('{"text": ""}', "application/json", "ticket 0 has no text"),
        ('{"instances": ["fine", "  "]}', "application/json", "ticket 1 has no text"),
        ('{"txt": "a parcel"}', "application/json", "must have a text, got None"),
        ('{"instances": [7]}', "application/json", "must have a text, got 7"),
        ('{"instances": "a parcel"}', "application/json", "must be an object or a list, got str"),
        ("a,b\n", "text/csv", "one column, got more in rows \\[0\\]"),
        ("{", "application/json", "Expecting property name"),
        ("<ticket/>", "application/xml", "got 'application/xml'"),
    ],
)
def test_fails_when_there_is_no_ticket_to_classify(
    inference: ModuleType, body: str, content_type: str, complaint: str
) -> None:
    """The script raises rather than guess, so that the container answers with an error."""
    with pytest.raises((ValueError, TypeError), match=complaint):
        inference.input_fn(body, content_type)


@pytest.mark.parametrize("accept", ["application/json", "*/*", "text/csv, application/json;q=0.9"])
def test_answers_in_json(inference: ModuleType, accept: str) -> None:
    """JSON is what callers get when they accept it."""
    body, content_type = inference.output_fn([{"intent": "billing", "confidence": 0.9}], accept)

    assert {"predictions": [{"intent": "billing", "confidence": 0.9}]} == json.loads(body)
    assert "application/json" == content_type


def test_answers_in_csv_when_only_that_is_accepted(inference: ModuleType) -> None:
    """CSV has a row for each ticket."""
    answers = [{"intent": "billing", "confidence": 0.9}, {"intent": "delivery", "confidence": 0.5}]

    assert ("billing,0.9\ndelivery,0.5\n", "text/csv") == inference.output_fn(answers, "text/csv")


def test_fails_when_nothing_it_speaks_is_accepted(inference: ModuleType) -> None:
    """An answer nobody can read is none."""
    with pytest.raises(ValueError, match="got 'image/png'"):
        inference.output_fn([], "image/png")


def test_predicts_an_intent_with_its_probability(inference: ModuleType, model: Any) -> None:
    """The answers are in the order of the tickets."""
    answers = inference.predict_fn(["Where is my parcel?", "I forgot my password"], model)

    assert ["delivery", "account_access"] == [answer["intent"] for answer in answers]
    assert all(0.5 < answer["confidence"] <= 1 for answer in answers)


def test_script_runs_on_the_python_of_the_image(ticket_intent: Path) -> None:
    """The image 1.4-2 has Python 3.10, and only some of the packages there are."""
    tree = ast.parse((ticket_intent / "code" / "inference.py").read_text(), feature_version=IMAGE_PYTHON)
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    assert imported <= IMAGE_HAS
