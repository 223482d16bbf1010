"""Both fleets are synthesized and deployed by the real CDK CLI."""

from __future__ import annotations

from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.local.story.together import together


def synthesize(scene: Scene) -> str:
    """Both fleets become templates, without an account."""
    together(*(fleet.app.synth for fleet in scene.fleets))
    templates = [file.name for fleet in scene.fleets for file in fleet.app.assembly.glob("*.template.json")]
    return f"{len(templates)} templates"


def deploy(scene: Scene) -> str:
    """Every stack of both fleets is complete."""
    scene.starter.app.bootstrap()
    together(*(fleet.app.deploy for fleet in scene.fleets))
    cloudformation = scene.client("cloudformation")
    resources = 0
    for stack in (stack for fleet in scene.fleets for stack in fleet.stacks):
        status = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]
        if status != "CREATE_COMPLETE":
            msg = f"{stack} is {status}"
            raise StepFailed(msg)
        listed = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
        resources += sum(len(page["StackResourceSummaries"]) for page in listed)
    stacks = sum(len(fleet.stacks) for fleet in scene.fleets)
    return f"{stacks} stacks with {resources} resources CREATE_COMPLETE"
