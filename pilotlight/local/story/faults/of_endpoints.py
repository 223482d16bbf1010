"""Faults of endpoints."""

from __future__ import annotations

from pilotlight.catalog import naming, scaling
from pilotlight.local.story.looking import endpoint_config, instance_count
from pilotlight.local.story.scene import Scene
from pilotlight.local.story.waiting import wait_until


def kept_awake(scene: Scene) -> None:
    """Somebody raises the minimum by hand, so the endpoint wakes and nothing has to wait."""
    endpoint = scene.starter.endpoint(scene.ticket_intent)
    scene.client("application-autoscaling").register_scalable_target(
        ServiceNamespace=scaling.SERVICE_NAMESPACE,
        ResourceId=scaling.resource_id(endpoint),
        ScalableDimension=scaling.SCALABLE_DIMENSION,
        MinCapacity=1,
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


def endpoint_outside_the_stacks(scene: Scene) -> None:
    """Somebody makes an endpoint by hand, which no stack knows."""
    config = endpoint_config(scene, scene.showcase.endpoint(scene.falcon))
    sagemaker = scene.client("sagemaker")
    model = sagemaker.describe_model(ModelName=config["ProductionVariants"][0]["ModelName"])
    sagemaker.create_model(
        ModelName="by-hand",
        PrimaryContainer=model["PrimaryContainer"],
        ExecutionRoleArn=model["ExecutionRoleArn"],
    )
    variant = {
        "VariantName": "AllTraffic",
        "ModelName": "by-hand",
        "InstanceType": "ml.g5.12xlarge",
        "InitialInstanceCount": 1,
    }
    sagemaker.create_endpoint_config(EndpointConfigName="by-hand", ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName="by-hand", EndpointConfigName="by-hand")
