"""Tells what a support ticket is about; the functions are those that AWS's scikit-learn image calls."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import joblib


def model_fn(model_dir: str) -> Any:
    """Load the classifier out of the unpacked `model.tar.gz`."""
    return joblib.load(Path(model_dir) / "model.joblib")


def input_fn(body: str | bytes, content_type: str) -> list[str]:
    """The texts of the tickets in a request.

    `application/json` holds `{"text": "…"}`, `{"instances": ["…", …]}` or a list of either's items;
    `text/csv` one ticket a row, in its only column; `text/plain` one ticket.
    Raises ValueError or TypeError otherwise.
    """
    text = body if isinstance(body, str) else body.decode("utf-8")
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        texts = _texts_of(json.loads(text))
    elif kind == "text/csv":
        texts = _rows_of(text)
    elif kind == "text/plain":
        texts = [text]
    else:
        raise ValueError(
            f"content type must be application/json, text/csv or text/plain, got {content_type!r}"
        )
    return [_checked(ticket, number) for number, ticket in enumerate(texts)]


def predict_fn(texts: list[str], model: Any) -> list[dict[str, Any]]:
    """The most probable intent of each ticket, with its probability."""
    return [
        {"intent": str(model.classes_[row.argmax()]), "confidence": round(float(row.max()), 4)}
        for row in model.predict_proba(texts)
    ]


def output_fn(answers: list[dict[str, Any]], accept: str) -> tuple[str, str]:
    """The answers as JSON `{"predictions": […]}`, or as CSV rows `intent,confidence` if so accepted."""
    accepted = {kind.partition(";")[0].strip().lower() for kind in accept.split(",")}
    if accepted & {"application/json", "application/*", "*/*"}:
        return json.dumps({"predictions": answers}), "application/json"
    if "text/csv" in accepted:
        rows = io.StringIO()
        csv.writer(rows, lineterminator="\n").writerows(answer.values() for answer in answers)
        return rows.getvalue(), "text/csv"
    raise ValueError(f"accept must be application/json or text/csv, got {accept!r}")


def _texts_of(document: Any) -> list[Any]:
    if isinstance(document, dict):
        document = document.get("instances", [document])
    if not isinstance(document, list):
        raise TypeError(f"tickets must be an object or a list, got {type(document).__name__}")
    return [ticket.get("text") if isinstance(ticket, dict) else ticket for ticket in document]


def _rows_of(text: str) -> list[str]:
    rows = [row for row in csv.reader(io.StringIO(text)) if row]
    wide = [number for number, row in enumerate(rows) if len(row) != 1]
    if wide:
        raise ValueError(f"rows of text/csv must have one column, got more in rows {wide}")
    return [row[0] for row in rows]


def _checked(ticket: Any, number: int) -> str:
    """A ticket without words has no intent: better no answer than the intent of the shortest ticket."""
    if not isinstance(ticket, str):
        raise TypeError(f"ticket {number} must have a text, got {ticket!r}")
    if not ticket.strip():
        raise ValueError(f"ticket {number} has no text to classify")
    return ticket
