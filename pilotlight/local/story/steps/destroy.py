"""Everything is destroyed, and nothing is left: no stack, target, process or temporary folder."""

from __future__ import annotations

from pilotlight.catalog import naming, scaling
from pilotlight.local.story.processes import processes_of
from pilotlight.local.story.scene import DeployedFleet, Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.together import together


def destroy(scene: Scene) -> str:
    """No stack of the fleets, no endpoint and no scalable target is left."""
    scene.listener.stop()
    deployed = [fleet for fleet in scene.fleets if set(fleet.stacks) & set(_stacks(scene))]
    for fleet in deployed:
        _unprotect(scene, fleet)
    together(*(fleet.app.destroy for fleet in deployed))
    targets = scene.client("application-autoscaling").describe_scalable_targets(
        ServiceNamespace=scaling.SERVICE_NAMESPACE
    )["ScalableTargets"]
    left = [
        *(target["ResourceId"] for target in targets),
        *(each["EndpointName"] for each in scene.client("sagemaker").list_endpoints()["Endpoints"]),
        *_stacks(scene),
    ]
    if left:
        msg = f"left behind: {', '.join(left)}"
        raise StepFailed(msg)
    return "no stack, no endpoint, no scalable target"


def nothing_left(scene: Scene) -> str:
    """The emulator is stopped: no process of the run lives on, and its temporary folder is gone."""
    home = scene.aws.home
    scene.aws.stop()
    left = [f"process {pid}" for pid in processes_of(home.root)]
    left += [str(home.temporary)] if home.temporary.exists() else []
    if left:
        msg = f"left behind: {', '.join(left)}"
        raise StepFailed(msg)
    return "no process, no temporary folder"


def _unprotect(scene: Scene, fleet: DeployedFleet) -> None:
    """As an operator has to, before the foundation can go."""
    foundation = fleet.stack(naming.FOUNDATION_KEY)
    if foundation in _stacks(scene):
        scene.client("cloudformation").update_termination_protection(
            StackName=foundation, EnableTerminationProtection=False
        )


def _stacks(scene: Scene) -> list[str]:
    pages = scene.client("cloudformation").get_paginator("describe_stacks").paginate()
    names = [stack["StackName"] for page in pages for stack in page["Stacks"]]
    return [name for name in names if name.startswith("Pilotlight-")]
