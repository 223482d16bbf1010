"""A container dies in the middle of a request; another takes its place and the request still ends."""

from __future__ import annotations

import os
import signal

from pilotlight.local.story.looking import answer, containers
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.tickets import RIGHT_ANSWERS
from pilotlight.local.story.waiting import wait_until


def container_killed(scene: Scene) -> str:
    """The container is stopped, so that the request is in process, and then killed."""
    endpoint = scene.starter.endpoint(scene.ticket_intent)
    before = containers(scene, endpoint)[0]
    os.kill(before.pid, signal.SIGSTOP)
    text, intent = next(iter(RIGHT_ANSWERS.items()))
    sent = scene.submit(scene.starter, scene.ticket_intent, {"text": text})
    os.kill(before.pid, signal.SIGKILL)
    given = wait_until("the request ends", lambda: answer(scene, sent), seconds=scene.patience(30))
    after = {each.pid for each in containers(scene, endpoint)}
    if before.pid in after or not after or given["predictions"][0]["intent"] != intent:
        msg = f"killed {before.pid}, running {sorted(after)}, answer {given}"
        raise StepFailed(msg)
    return f"process {before.pid} killed, {sorted(after)} took over, the request was answered"
