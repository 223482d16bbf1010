"""A second deploy finds nothing to do: synthesis is deterministic, and nothing drifts by itself."""

from __future__ import annotations

from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.together import together


def deploy_again(scene: Scene) -> str:
    """Each stack is as it should be."""
    for fleet, run in zip(scene.fleets, together(*(each.app.deploy for each in scene.fleets)), strict=True):
        if not run.changed_nothing:
            msg = f"the second deploy of {fleet.spec.name} changed something: {run.output.strip()}"
            raise StepFailed(msg)
    return "no changes in any stack"
