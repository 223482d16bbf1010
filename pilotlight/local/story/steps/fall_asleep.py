"""An endpoint without requests falls asleep: its backlog per instance stays low, and tracking goes to 0."""

from __future__ import annotations

from pilotlight.local.story.looking import (
    desired_count,
    endpoint_config,
    instance_count,
    scaling_activities,
)
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.waiting import wait_until

_MINUTES = 45
"""15 low datapoints of a minute, 5 minutes of cool-down, the time an instance takes to go; twice over."""


def fall_asleep(scene: Scene) -> str:
    """The endpoint that was deployed with one instance has none, because scaling took it away."""
    endpoint = scene.starter.endpoint(scene.ticket_intent)
    started = endpoint_config(scene, endpoint)["ProductionVariants"][0]["InitialInstanceCount"]
    seen = asleep_again(scene)
    policy = scaling_activities(scene, endpoint)[0]["Cause"].rpartition(" ")[2]
    return f"{started} instance at first, then {seen}, by the policy {policy}"


def asleep_again(scene: Scene) -> str:
    """The endpoint has no instance, and wants none."""
    endpoint = scene.starter.endpoint(scene.ticket_intent)
    wait_until(
        f"{endpoint} falls asleep",
        lambda: instance_count(scene, endpoint) == desired_count(scene, endpoint) == 0,
        seconds=scene.patience(_MINUTES),
    )
    return "0 instances"
