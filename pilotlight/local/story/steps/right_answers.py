"""The requests that waited are answered, by the real model."""

from __future__ import annotations

from functools import partial

from pilotlight.local.story.looking import answer
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.tickets import RIGHT_ANSWERS
from pilotlight.local.story.waiting import wait_until


def right_answers(scene: Scene) -> str:
    """Each ticket has the intent that a person reads out of it."""
    seconds = scene.patience(5)
    wrong = []
    for text, sent in scene.submissions.items():
        given = wait_until(f"an answer to {text!r}", partial(answer, scene, sent), seconds=seconds)
        intent = given["predictions"][0]["intent"]
        if intent != RIGHT_ANSWERS[text]:
            wrong.append(f"{text!r} is {RIGHT_ANSWERS[text]}, not {intent}")
    if wrong:
        raise StepFailed("; ".join(wrong))
    return f"{len(scene.submissions)} of {len(RIGHT_ANSWERS)} intents right"
