"""What a container's process finds in its environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotlight.local.containers.container_environment import container_environment


def environment(given: dict[str, str], aws: dict[str, str]) -> dict[str, str]:
    """The environment of a container in /run with its model in /model."""
    return container_environment(
        given, port=1234, model_folder=Path("/model"), folder=Path("/run"), executions=Path("/noted"), aws=aws
    )


def test_variables_of_the_model_win_over_those_of_the_image_but_not_over_ours() -> None:
    """A model may choose its language, not its port."""
    made = environment({"LANG": "de_DE.UTF-8", "SAGEMAKER_BIND_TO_PORT": "80", "MINE": "1"}, {})

    assert ("de_DE.UTF-8", "1234", "1") == (made["LANG"], made["SAGEMAKER_BIND_TO_PORT"], made["MINE"])
    assert ("/model", "/run") == (made["SM_MODEL_DIR"], made["TMPDIR"])


def test_nothing_of_the_emulator_is_inherited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model in network isolation gets no credentials, not even those of whoever started the emulator."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")

    assert "AWS_SECRET_ACCESS_KEY" not in environment({}, {})


def test_model_without_isolation_reaches_the_emulator() -> None:
    """Its AWS tools find the embedded AWS."""
    assert "http://here" == environment({}, {"AWS_ENDPOINT_URL": "http://here"})["AWS_ENDPOINT_URL"]
