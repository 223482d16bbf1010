"""A second deploy finds nothing to do: synthesis is deterministic, and nothing drifts by itself."""

from __future__ import annotations

from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed


def deploy_again(scene: Scene) -> str:
    """Each stack is as it should be."""
    for fleet in scene.fleets:
        run = fleet.app.deploy()
        if not run.changed_nothing:
            msg = f"the second deploy of {fleet.spec.name} changed something: {run.output.strip()}"
            raise StepFailed(msg)
    return "no changes in any stack"
