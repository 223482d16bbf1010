"""A stand-in takes the declared time and says what it is."""

from __future__ import annotations

import json
import time

from pilotlight.local.containers.stand_in import STAND_IN_HEADER, StandIn


def stand_in(*, ready_in_s: float = 0.0, invocation_s: float = 0.0) -> StandIn:
    """A stand-in for an image that needs a GPU."""
    return StandIn(
        image="registry/llm:gpu",
        why="the image needs a GPU",
        ready_at=time.monotonic() + ready_in_s,
        invocation_s=invocation_s,
    )


def test_every_answer_carries_the_label() -> None:
    """Nobody can take an answer of a stand-in for one of the model: header and body say so."""
    answer = stand_in().invoke(b"prompt", {})

    assert "the image needs a GPU" == answer.headers[STAND_IN_HEADER]
    assert {"image": "registry/llm:gpu", "why": "the image needs a GPU", "request_bytes": 6} == json.loads(
        answer.body
    )["pilotlight_stand_in"]
    assert "the image needs a GPU" == stand_in().ping().headers[STAND_IN_HEADER]


def test_it_is_ready_after_the_declared_start_time() -> None:
    """Until then its health check fails."""
    assert [503, 200] == [stand_in(ready_in_s=60).ping().status, stand_in().ping().status]


def test_an_answer_takes_the_declared_service_time() -> None:
    """It costs what the real one would cost."""
    began = time.monotonic()
    stand_in(invocation_s=0.05).invoke(b"", {})

    assert time.monotonic() - began >= 0.05
