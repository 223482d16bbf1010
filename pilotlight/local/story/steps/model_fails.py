"""An input that makes the model fail ends as failure object, error message and Failed row."""

from __future__ import annotations

from textwrap import shorten

from pilotlight.catalog.status_table import Status
from pilotlight.local.story.looking import answer, stored
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.tickets import UNANSWERABLE
from pilotlight.local.story.waiting import wait_until

from .rows_and_events import wait_until_ended


def model_fails(scene: Scene) -> str:
    """The failure is in S3, on the error topic and in the table, and there is no answer."""
    sent = scene.submit(scene.starter, scene.ticket_intent, UNANSWERABLE)
    failure = wait_until(
        "a failure object", lambda: stored(scene, sent.failure_location), seconds=scene.patience(5)
    )
    messages = wait_until(
        "a message on the error topic",
        lambda: scene.listener.errors(sent.inference_id),
        seconds=scene.patience(5),
    )
    reason = wait_until_ended(scene, sent, Status.FAILED)["failureReason"]
    if answer(scene, sent) is not None or messages[0]["invocationStatus"] != "Failed":
        msg = f"a failed request has an answer, or its message says {messages[0]['invocationStatus']}"
        raise StepFailed(msg)
    why = shorten(reason, 90, placeholder=" …")
    return f"failure object of {len(failure)} bytes, error message, row Failed: {why}"
