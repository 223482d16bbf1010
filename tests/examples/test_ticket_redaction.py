"""The script of a pipeline's first container: what it takes out, and that the next one understands it."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MODELS = Path(__file__).resolve().parents[2] / "examples/models"
SCRIPT = runpy.run_path(str(MODELS / "ticket_redaction/code/inference.py"))


@pytest.fixture
def redacted() -> Callable[..., list[str]]:
    """Give what asks the container."""

    def ask(body: str | bytes, content_type: str = "text/plain") -> list[str]:
        tickets = SCRIPT["predict_fn"](SCRIPT["input_fn"](body, content_type), SCRIPT["model_fn"](""))
        answer: list[str] = json.loads(SCRIPT["output_fn"](tickets, "*/*")[0])["instances"]
        return answer

    return ask


@pytest.mark.parametrize(
    ("ticket", "expected"),
    [
        ("please call ada@example.org at +49 30 1234567", "please call [mail] at [phone]"),
        ("order 12345 never came", "order 12345 never came"),
        ("(030) 123-4567 or a.b+c@mail.example.co.uk.", "[phone] or [mail]."),
    ],
)
def test_it_takes_out_who_wrote_a_ticket(ticket: str, expected: str, redacted: Any) -> None:
    """And leaves the rest, order numbers among it."""
    assert [expected] == redacted(ticket)


def test_its_answer_is_a_request_to_the_next_container(redacted: Any) -> None:
    """In a pipeline nobody translates between them."""
    sort = runpy.run_path(str(MODELS / "ticket_intent/code/inference.py"))
    tickets = redacted(json.dumps({"instances": ["a", "b@c.de"]}), "application/json")
    answer, content_type = SCRIPT["output_fn"](tickets, "text/csv")

    assert ["a", "[mail]"] == sort["input_fn"](answer, content_type)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [("a,b", "text/csv"), ('{"instances": "a"}', "application/json"), ("{}", "application/json")],
)
def test_fails_when_a_request_holds_no_tickets(body: str, content_type: str, redacted: Any) -> None:
    """The container then answers with 4xx or 5xx, and the pipeline ends there."""
    with pytest.raises((ValueError, TypeError, KeyError)):
        redacted(body, content_type)
