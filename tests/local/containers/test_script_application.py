"""How the scikit-learn image serves a script: its calling convention, its defaults, its answers to errors."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest

from pilotlight.local.containers.answer import Answer
from pilotlight.local.containers.script_application import DEFAULT_ACCEPT_VARIABLE, ScriptApplication

JSON = {"Content-Type": "application/json"}


class Recorder:
    """Keeps what functions of a script were called with."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    def function(self, name: str, result: Any) -> Callable[..., Any]:
        """A function that is noted under this name and gives this result."""

        def call(*given: Any) -> Any:
            self.calls.append((name, *given))
            return result

        return call


class Doubling:
    """A model that doubles."""

    def predict(self, data: Any) -> Any:
        """Twice the data."""
        return data * 2


def script(**functions: Callable[..., Any]) -> ModuleType:
    """A script with these functions."""
    return cast("ModuleType", SimpleNamespace(**functions))


def application(**functions: Callable[..., Any]) -> ScriptApplication:
    """A served script; it doubles unless its functions say otherwise."""
    return ScriptApplication(lambda: script(**{"model_fn": lambda folder: Doubling(), **functions}), "/model")


def test_script_with_a_model_only_is_served_by_the_defaults() -> None:
    """JSON in, array, predict, JSON out: and numbers are 32-bit floats, as in the image."""
    assert Answer(200, b"[2.0, 4.0]", "application/json") == application().invoke(b"[1, 2]", JSON)


def test_accept_header_chooses_the_encoding() -> None:
    """The default output function writes what the caller accepts."""
    answer = application().invoke(b"[1, 2]", {**JSON, "Accept": "text/csv"})

    assert Answer(200, b"2.0\n4.0\n", "text/csv; charset=utf-8") == answer


@pytest.mark.parametrize("headers", [JSON, {**JSON, "Accept": "*/*"}])
def test_default_accept_comes_from_the_environment(
    headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who accepts anything gets what the model's environment names."""
    monkeypatch.setenv(DEFAULT_ACCEPT_VARIABLE, "text/csv")

    assert b"2.0\n" == application().invoke(b"[1]", headers).body


def test_functions_of_the_script_are_called_as_the_image_calls_them() -> None:
    """Each function gets what the image gives it, in its order."""
    recorder = Recorder()
    served = ScriptApplication(
        lambda: script(
            model_fn=recorder.function("model_fn", "model"),
            input_fn=recorder.function("input_fn", "data"),
            predict_fn=recorder.function("predict_fn", "prediction"),
            output_fn=recorder.function("output_fn", ("answer", "text/plain")),
        ),
        "/opt/ml/model",
    )

    answer = served.invoke(b"body", {"Content-Type": "text/csv", "Accept": "text/plain"})

    assert [
        ("model_fn", "/opt/ml/model"),
        ("input_fn", "body", "text/csv"),
        ("predict_fn", "data", "model"),
        ("output_fn", "prediction", "text/plain"),
    ] == recorder.calls
    assert Answer(200, b"answer", "text/plain; charset=utf-8") == answer


@pytest.mark.parametrize(
    ("headers", "content", "content_type"),
    [
        ({}, "é", "application/json"),
        ({"ContentType": "text/csv", "Content-Type": "text/plain"}, "é", "text/csv"),
        ({"Content-Type": "text/plain"}, "é".encode(), "text/plain"),
    ],
)
def test_only_json_and_csv_reach_the_script_as_text(
    headers: dict[str, str], content: str | bytes, content_type: str
) -> None:
    """Everything else comes as bytes; no content type means JSON."""
    recorder = Recorder()
    served = application(transform_fn=recorder.function("transform_fn", ("", "text/plain")))

    served.invoke("é".encode(), headers)

    ((_, _, *request),) = recorder.calls
    assert [content, content_type, "application/json"] == request


def test_transform_fn_takes_the_place_of_the_other_three() -> None:
    """A script may do it all at once; what is not a pair counts as a page."""
    served = application(transform_fn=lambda model, content, content_type, accept: f"got {content}")

    assert Answer(200, b"got x", "text/html; charset=utf-8") == served.invoke(b"x", JSON)


def failing(*given: Any) -> Any:
    """A function of a script with a fault in it."""
    raise ValueError("no idea")


@pytest.mark.parametrize(
    ("functions", "headers"),
    [
        ({"input_fn": failing}, JSON),
        ({"predict_fn": failing}, JSON),
        ({"output_fn": lambda *given: None}, JSON),
        ({"model_fn": failing}, JSON),
        ({"transform_fn": failing, "input_fn": failing}, JSON),
        ({}, {"Content-Type": "image/png"}),
        ({}, {**JSON, "Accept": "image/png"}),
    ],
)
def test_every_error_of_the_script_is_a_500_that_hides_it(
    functions: dict[str, Callable[..., Any]], headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    """The image wraps all errors of handlers, also unsupported content types; the log tells them apart."""
    answer = application(**functions).invoke(b"[1]", headers)

    assert (500, "text/html") == (answer.status, answer.content_type)
    assert b"no idea" not in answer.body
    assert "the script failed" in caplog.text


def test_ping_is_good_once_the_model_is_loaded() -> None:
    """A ping loads the model, once."""
    recorder = Recorder()
    served = application(model_fn=recorder.function("model_fn", Doubling()))

    assert [200, 200] == [served.ping().status, served.ping().status]
    assert [("model_fn", "/model")] == recorder.calls


def test_ping_fails_while_the_model_cannot_be_loaded() -> None:
    """Loading is tried again with every ping."""
    failures = [ValueError("not yet")]

    def model_fn(folder: str) -> Doubling:
        if failures:
            raise failures.pop()
        return Doubling()

    served = application(model_fn=model_fn)

    assert [500, 200] == [served.ping().status, served.ping().status]


def test_script_without_model_fn_does_not_come_up(caplog: pytest.LogCaptureFixture) -> None:
    """There is no default way to load a scikit-learn model."""
    served = ScriptApplication(script, "/model")

    assert 500 == served.ping().status
    assert "must have a model_fn to load /model" in caplog.text
