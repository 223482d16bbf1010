"""Requests for a sleeping endpoint are accepted and wait; nothing answers them yet."""

from __future__ import annotations

from pilotlight.catalog.status_table import Status
from pilotlight.local.story.looking import answer, instance_count, row, topic
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.tickets import RIGHT_ANSWERS


def batch_waits(scene: Scene) -> str:
    """Every ticket of the batch is accepted, none is answered, and each has a row that says Submitted."""
    scene.listener.start(topic(scene, scene.starter.endpoint(scene.ticket_intent), "ErrorTopic"))
    for text in RIGHT_ANSWERS:
        scene.submissions[text] = scene.submit(scene.starter, scene.ticket_intent, {"text": text})
    endpoint = scene.starter.endpoint(scene.ticket_intent)
    table = scene.status_table(scene.starter)
    answered = [text for text, sent in scene.submissions.items() if answer(scene, sent) is not None]
    statuses = {row(scene, table, sent).get("status") for sent in scene.submissions.values()}
    if (awake := instance_count(scene, endpoint)) or answered or statuses != {Status.SUBMITTED}:
        msg = f"the batch did not wait: {awake} instances, {len(answered)} answers, rows say {statuses}"
        raise StepFailed(msg)
    return f"{len(scene.submissions)} requests accepted, 0 instances, 0 answers, every row Submitted"
