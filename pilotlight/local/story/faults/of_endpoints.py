"""Faults of endpoints and their targets."""

from __future__ import annotations

from pilotlight.catalog import naming, scaling
from pilotlight.local.story.looking import instance_count
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.waiting import wait_until


def kept_awake(scene: Scene) -> None:
    """Somebody wakes the endpoint by hand, so nothing has to wait."""
    endpoint = scene.starter.endpoint(scene.ticket_intent)
    scene.client("sagemaker").update_endpoint_weights_and_capacities(
        EndpointName=endpoint,
        DesiredWeightsAndCapacities=[{"VariantName": naming.VARIANT_NAME, "DesiredInstanceCount": 1}],
    )
    wait_until("awake", lambda: instance_count(scene, endpoint) > 0, seconds=scene.patience(30))


def one_instance(scene: Scene) -> None:
    """Somebody takes one of the two instances away, so there is nothing to choose between."""
    endpoint = scene.showcase.endpoint(scene.codegen)
    scene.client("sagemaker").update_endpoint_weights_and_capacities(
        EndpointName=endpoint,
        DesiredWeightsAndCapacities=[{"VariantName": naming.VARIANT_NAME, "DesiredInstanceCount": 1}],
    )
    wait_until("one instance", lambda: instance_count(scene, endpoint) == 1, seconds=scene.patience(30))


def other_endpoint_gone(scene: Scene) -> None:
    """The other endpoint is deleted, so it cannot answer."""
    scene.client("sagemaker").delete_endpoint(EndpointName=scene.showcase.endpoint(scene.falcon))


def target_left_registered(scene: Scene) -> None:
    """A scalable target outlives its endpoint."""
    scene.client("application-autoscaling").register_scalable_target(
        ServiceNamespace=scaling.SERVICE_NAMESPACE,
        ResourceId=scaling.resource_id("left-behind"),
        ScalableDimension=scaling.SCALABLE_DIMENSION,
        MinCapacity=0,
        MaxCapacity=1,
    )
