"""Takes out of a support ticket who wrote it; the functions are those that AWS's scikit-learn image calls."""

from __future__ import annotations

import json
import re
from typing import Any

PATTERNS = {
    "[mail]": r"[\w.+-]+@[\w-]+(\.[\w-]+)+",
    "[phone]": r"[+(]?\d[\d /()-]{6,}\d",
}
"""What stands in the ticket afterwards → what stood there before."""


def model_fn(model_dir: str) -> list[tuple[str, re.Pattern[str]]]:
    """Compile the patterns; there is nothing to load out of the archive."""
    del model_dir
    return [(word, re.compile(pattern)) for word, pattern in PATTERNS.items()]


def input_fn(body: str | bytes, content_type: str) -> list[str]:
    """The texts of the tickets in a request: `{"instances": ["…", …]}`, or one ticket as plain text.

    Raises ValueError or TypeError otherwise.
    """
    text = body if isinstance(body, str) else body.decode("utf-8")
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "text/plain":
        return [text]
    if kind != "application/json":
        raise ValueError(f"content type must be application/json or text/plain, got {content_type!r}")
    tickets = json.loads(text)["instances"]
    if not isinstance(tickets, list) or not all(isinstance(each, str) for each in tickets):
        raise TypeError("instances must be a list of texts")
    return tickets


def predict_fn(tickets: list[str], model: list[tuple[str, re.Pattern[str]]]) -> list[str]:
    """The tickets without what the patterns find."""
    redacted = []
    for ticket in tickets:
        text = ticket
        for word, pattern in model:
            text = pattern.sub(word, text)
        redacted.append(text)
    return redacted


def output_fn(tickets: list[str], accept: str) -> tuple[str, str]:
    """The tickets as the next container of a pipeline takes them, whatever the caller accepts of the last."""
    del accept
    answer: dict[str, Any] = {"instances": tickets}
    return json.dumps(answer), "application/json"
