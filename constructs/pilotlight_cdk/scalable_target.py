"""Something of an endpoint that Application Auto Scaling makes larger and smaller."""

from __future__ import annotations

from aws_cdk import CfnResource
from aws_cdk import aws_applicationautoscaling as autoscaling
from constructs import Construct

from pilotlight.catalog import scaling
from pilotlight.spec import ScheduledCapacity
from pilotlight.spec.capacity_bounds import CapacityBounds
from pilotlight_cdk.location import Location


def build_scalable_target(
    scope: Construct,
    id: str,
    *,
    dimension: str,
    resource_id: str,
    bounds: CapacityBounds,
    endpoint: CfnResource,
) -> autoscaling.CfnScalableTarget:
    """Create a target with its bounds and their schedule.

    Args:
        scope: the construct that scales.
        id: construct id.
        dimension: what of the endpoint is scaled.
        resource_id: names it literally.
        bounds: the capacities, and when they change.
        endpoint: what has to exist first.
    """
    location = Location.of(scope)
    target = autoscaling.CfnScalableTarget(
        scope,
        id,
        service_namespace=scaling.SERVICE_NAMESPACE,
        scalable_dimension=dimension,
        resource_id=resource_id,
        min_capacity=bounds.min_capacity,
        max_capacity=bounds.max_capacity,
        role_arn=scaling.service_linked_role_arn(location.partition, location.account),
        scheduled_actions=[_action(number, each) for number, each in enumerate(bounds.schedule, 1)] or None,
    )
    # the target names the endpoint by its literal name, so only this makes it wait for the endpoint
    target.add_resource_dependency(endpoint)
    return target


def _action(
    number: int, capacity: ScheduledCapacity
) -> autoscaling.CfnScalableTarget.ScheduledActionProperty:
    target = autoscaling.CfnScalableTarget
    return target.ScheduledActionProperty(
        scheduled_action_name=f"schedule-{number}",
        schedule=capacity.at,
        timezone=capacity.timezone,
        scalable_target_action=target.ScalableTargetActionProperty(
            min_capacity=capacity.min_capacity, max_capacity=capacity.max_capacity
        ),
    )
