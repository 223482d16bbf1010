"""Finds what a support ticket is about: order numbers, amounts, dates and products, with spaCy."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

MODEL_FOLDER = Path(os.environ.get("SM_MODEL_DIR", "/opt/ml/model"))
"""Where SageMaker unpacks model.tar.gz."""

Start = Callable[[str, list[tuple[str, str]]], Any]


class RequestError(ValueError):
    """The request cannot be answered; the message says why."""


def load(folder: Path = MODEL_FOLDER) -> Language:
    """Read the model: an English tokenizer, and the patterns of the artefact."""
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.from_disk(folder / "patterns.jsonl")
    return pipeline


class Application:
    """Speaks SageMaker's container contract as a WSGI application."""

    def __init__(self, pipeline: Language) -> None:
        self._pipeline = pipeline

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer one request."""
        request = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if request == ("GET", "/ping"):
            return answer(start, "200 OK", {})
        if request != ("POST", "/invocations"):
            return answer(start, "404 Not Found", {"error": "GET /ping or POST /invocations"})
        try:
            return answer(start, "200 OK", {"predictions": self.predict(texts_of(environ))})
        except RequestError as refused:
            return answer(start, "400 Bad Request", {"error": str(refused)})

    def predict(self, texts: list[str]) -> list[dict[str, Any]]:
        """Find the entities of each text."""
        return [
            {
                "entities": [
                    {"text": each.text, "label": each.label_, "start": each.start_char}
                    for each in document.ents
                ]
            }
            for document in self._pipeline.pipe(texts)
        ]


def texts_of(environ: dict[str, Any]) -> list[str]:
    """Read the texts of a request: JSON {"texts": [...]}, or one text as it is."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
    content_type = str(environ.get("CONTENT_TYPE", "")).partition(";")[0]
    if content_type == "text/plain":
        return [body]
    if content_type not in ("", "application/json"):
        raise RequestError(f"content type must be application/json or text/plain, got {content_type}")
    try:
        texts = json.loads(body)["texts"]
    except (ValueError, KeyError, TypeError):
        raise RequestError('body must be {"texts": ["..."]}') from None
    if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
        raise RequestError("texts must be a list of text")
    return texts


def answer(start: Start, status: str, content: dict[str, Any]) -> list[bytes]:
    """Send JSON."""
    body = json.dumps(content).encode()
    start(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
