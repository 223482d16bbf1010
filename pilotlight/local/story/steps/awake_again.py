"""A single request wakes the endpoint once more: sleeping is a state, not an end."""

from __future__ import annotations

from pilotlight.local.story.looking import answer
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.tickets import RIGHT_ANSWERS
from pilotlight.local.story.waiting import wait_until

from .wake import wait_until_awake


def awake_again(scene: Scene) -> str:
    """One request, one instance, one answer, and the right one."""
    text, intent = next(iter(RIGHT_ANSWERS.items()))
    sent = scene.submit(scene.starter, scene.ticket_intent, {"text": text})
    wait_until_awake(scene)
    given = wait_until("an answer", lambda: answer(scene, sent), seconds=scene.patience(5))
    if given["predictions"][0]["intent"] != intent:
        msg = f"one request woke it, and the answer to {text!r} is {given}"
        raise StepFailed(msg)
    return f"one request woke it and was answered: {intent}"
