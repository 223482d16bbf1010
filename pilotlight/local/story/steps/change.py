"""A property is changed in the fleet file, reviewed in `cdk diff`, deployed, and seen in Describe."""

from __future__ import annotations

import dataclasses

from pilotlight.local.story.looking import endpoint_config
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.step import StepFailed
from pilotlight.spec import load_fleet

CONCURRENCY = 2
_ADDED = "ClientConfig"
_PROPERTY = "MaxConcurrentInvocationsPerInstance"


def change(scene: Scene) -> str:
    """The new concurrency is in the diff before the deploy and in the endpoint's configuration after it."""
    app = dataclasses.replace(scene.starter.app, fleet=scene.changed_fleet)
    scene.starter = dataclasses.replace(scene.starter, app=app, spec=load_fleet(scene.changed_fleet))
    app.synth()
    stack = scene.starter.stack(scene.ticket_intent)
    if _ADDED not in (shown := app.diff(stack).output):
        msg = f"cdk diff does not show {_ADDED}: {shown.strip()}"
        raise StepFailed(msg)
    app.deploy(stack)
    config = endpoint_config(scene, scene.starter.endpoint(scene.ticket_intent))
    seen = config["AsyncInferenceConfig"].get(_ADDED, {}).get(_PROPERTY)
    if seen != CONCURRENCY:
        msg = f"{_PROPERTY} is {seen} after the deploy, not {CONCURRENCY}"
        raise StepFailed(msg)
    return f"diff adds {_ADDED}; DescribeEndpointConfig says {_PROPERTY} {seen}"
