"""A container of one's own: built without Docker, deployed with the real CDK CLI, and it answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pilotlight.local.deploy import CdkApp
from pilotlight.local.images.own_environment import RequirementsRefused, environment_for
from pilotlight.local.local_aws import LocalAws

EXAMPLE = Path("examples/bring_your_own")
TICKET = "My coffee machine has not come: order AB-123456, paid $ 89 on Monday"


@pytest.fixture(scope="module")
def app(
    checkout: Path, tmp_path_factory: pytest.TempPathFactory, deploy: Callable[..., CdkApp]
) -> Iterator[CdkApp]:
    """The fleet of the example, deployed. Its requirements are fetched once, and stay for the next run."""
    try:
        environment_for(checkout / EXAMPLE / "container" / "requirements.txt")
    except RequirementsRefused as refused:
        pytest.skip(f"spaCy cannot be installed here: {refused}")
    with LocalAws(tmp_path_factory.mktemp("own") / "home", time_scale=240) as aws:
        yield deploy(aws, checkout / EXAMPLE / "fleet.yaml")


def ask(app: CdkApp, body: str | bytes, content_type: str = "application/json") -> dict[str, Any]:
    """Invoke the endpoint, as any caller does."""
    answer = app.aws.aws.client("sagemaker-runtime").invoke_endpoint(
        EndpointName="own-entities", ContentType=content_type, Body=body
    )
    read: dict[str, Any] = json.loads(answer["Body"].read())
    return read


def test_the_container_answers(app: CdkApp) -> None:
    """spaCy finds in a ticket what the patterns of the artefact say."""
    answer = ask(app, json.dumps({"texts": [TICKET]}))

    assert [
        ("coffee machine", "PRODUCT"),
        ("AB-123456", "ORDER"),
        ("$ 89", "AMOUNT"),
        ("Monday", "DATE"),
    ] == [(each["text"], each["label"]) for each in answer["predictions"][0]["entities"]]


def test_a_text_is_answered_as_well(app: CdkApp) -> None:
    """Content types are the container's business."""
    answer = ask(app, TICKET.encode(), "text/plain")

    assert 1 == len(answer["predictions"])


def test_a_request_that_it_cannot_read_is_an_error_of_the_model(app: CdkApp) -> None:
    """The caller is told that the container refused, with its words."""
    errors = app.aws.aws.client("sagemaker-runtime").exceptions
    with pytest.raises(errors.ModelError, match="body must be"):
        ask(app, "{}")


def test_serve_says_what_listens(app: CdkApp) -> None:
    """nginx where there is one, else gunicorn itself."""
    (log,) = (app.aws.home.logs / "own-entities").glob("*.log")

    assert "serve: nginx listens on" in log.read_text() or "serve: no nginx on PATH" in log.read_text()


def test_the_image_is_built_once(app: CdkApp) -> None:
    """The emulated registry has it, so a second deployment changes nothing."""
    assert app.deploy().changed_nothing
