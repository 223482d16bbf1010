"""The stack of one endpoint is destroyed and re-created alone; the other endpoint answers meanwhile."""

from __future__ import annotations

from botocore.exceptions import ClientError

from pilotlight.local.containers.stand_in import ANSWER_KEY
from pilotlight.local.story.looking import answer
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.tickets import RIGHT_ANSWERS
from pilotlight.local.story.waiting import wait_until

_FALCON_MINUTES = 60
"""It wakes first, and 80 GB of weights take their time to download."""


def independent_stacks(scene: Scene) -> str:
    """Falcon answers while the stack of the starter is gone; the re-created endpoint answers too."""
    stack = scene.starter.stack(scene.ticket_intent)
    scene.starter.app.destroy(stack)
    if _exists(scene, scene.starter.endpoint(scene.ticket_intent)):
        msg = f"{stack} is destroyed, its endpoint is not"
        raise StepFailed(msg)
    sent = scene.submit(scene.showcase, scene.falcon, {"inputs": "What does a pilot light do?"})
    other = wait_until("falcon answers", lambda: answer(scene, sent), seconds=scene.patience(_FALCON_MINUTES))
    scene.starter.app.deploy(stack)
    text, intent = next(iter(RIGHT_ANSWERS.items()))
    again = scene.submit(scene.starter, scene.ticket_intent, {"text": text})
    given = wait_until("an answer", lambda: answer(scene, again), seconds=scene.patience(30))
    if given["predictions"][0]["intent"] != intent:
        msg = f"the re-created endpoint answers {given}"
        raise StepFailed(msg)
    kind = "a stand-in" if ANSWER_KEY in other else "the model"
    return f"falcon, {kind}, answered while {stack} was gone; the re-created endpoint answers {intent}"


def _exists(scene: Scene, endpoint: str) -> bool:
    try:
        scene.client("sagemaker").describe_endpoint(EndpointName=endpoint)
    except ClientError:
        return False
    return True
