"""Everything `pilotlight.hosting` claims about AWS, by area, each with its evidence."""

from __future__ import annotations

from collections.abc import Mapping

from pilotlight.hosting.behaviour import Behaviour
from pilotlight.hosting.behaviours import (
    alarms,
    async_queue,
    batch_transform,
    components,
    containers,
    data_capture,
    instances,
    model_cache,
    routing,
    scalable_target,
    scheduled_actions,
    serverless,
    step_scaling,
    tracking,
    utilization,
)

BEHAVIOURS: Mapping[str, tuple[Behaviour, ...]] = {
    "Alarms and metrics": alarms.BEHAVIOURS,
    "Target tracking": tracking.BEHAVIOURS,
    "Step scaling": step_scaling.BEHAVIOURS,
    "Scalable target": scalable_target.BEHAVIOURS,
    "Scheduled actions": scheduled_actions.BEHAVIOURS,
    "Instances": instances.BEHAVIOURS,
    "Inference components": components.BEHAVIOURS,
    "Utilisation of instances": utilization.BEHAVIOURS,
    "Asynchronous queue": async_queue.BEHAVIOURS,
    "Containers and targets": containers.BEHAVIOURS,
    "Serverless": serverless.BEHAVIOURS,
    "Routing": routing.BEHAVIOURS,
    "Copies of requests": data_capture.BEHAVIOURS,
    "Models of a multi-model endpoint": model_cache.BEHAVIOURS,
    "Batch transform": batch_transform.BEHAVIOURS,
}
"""The behaviours by area, in the order of `docs/truth.md`."""
