"""The alarm on the backlog fires and its step policy brings the first instance."""

from __future__ import annotations

from pilotlight.local.story.looking import instance_count, scaling_activities
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.waiting import wait_until

_MINUTES = 30
"""Two minutes for the alarm, up to ten for an instance; more than twice over."""


def wake(scene: Scene) -> str:
    """One instance is in service, and the wake alarm is what brought it."""
    wait_until_awake(scene)
    cause = scaling_activities(scene, scene.starter.endpoint(scene.ticket_intent))[0]["Cause"]
    if "Wake" not in cause:
        msg = f"the instance came, but not by the wake alarm: {cause}"
        raise StepFailed(msg)
    return f"1 instance: {cause}"


def wait_until_awake(scene: Scene) -> None:
    """Wait until an instance of the starter's endpoint is in service."""
    endpoint = scene.starter.endpoint(scene.ticket_intent)
    wait_until(
        f"{endpoint} wakes",
        lambda: instance_count(scene, endpoint) >= 1,
        seconds=scene.patience(_MINUTES),
    )
