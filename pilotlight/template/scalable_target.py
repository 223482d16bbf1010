"""Finds what scales a variant: its scalable target, the policies, the alarms that start them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeVar

from pilotlight.catalog import scaling
from pilotlight.spec import ScheduledCapacity
from pilotlight.template.evaluation.symbol import Value, joined
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built

TARGET: Final = "AWS::ApplicationAutoScaling::ScalableTarget"
POLICY: Final = "AWS::ApplicationAutoScaling::ScalingPolicy"
TRACKING: Final = "TargetTrackingScaling"
STEPS: Final = "StepScaling"
Scheduled = TypeVar("Scheduled", bound=ScheduledCapacity)


@dataclass(frozen=True, slots=True)
class ScaledVariant:
    """What Application Auto Scaling knows of a variant."""

    resources: Resources
    target: Resource
    policies: tuple[Resource, ...]

    @property
    def bounds(self) -> dict[str, Said[Any] | None]:
        """Read between which capacities it scales."""
        part = self.target.part
        return {"min_capacity": part.whole("MinCapacity"), "max_capacity": part.whole("MaxCapacity")}

    @property
    def schedule(self) -> tuple[ScheduledCapacity, ...]:
        """Read the capacities that change by the clock."""
        return self.scheduled(ScheduledCapacity)

    def scheduled(self, spec: type[Scheduled]) -> tuple[Scheduled, ...]:
        """Read them as a certain class, which says what they may be."""
        actions = self.target.part.parts("ScheduledActions")
        read = (_scheduled(self.resources, each, spec) for each in actions)
        return tuple(each for each in read if each is not None)

    def of_type(self, policy_type: str) -> tuple[Resource, ...]:
        """List the policies of one type."""
        return tuple(each for each in self.policies if each.part.look("PolicyType") == policy_type)


def scaled_variant(
    resources: Resources,
    resource_id: Value,
    dimension: str = scaling.SCALABLE_DIMENSION,
) -> ScaledVariant | None:
    """Find what scales something; None when nothing does.

    Args:
        resources: all of them.
        resource_id: as `endpoint/<name>/variant/<variant>`; see `variant_id`.
        dimension: what of it is scaled. Default: the instances of a variant.
    """
    found = [each for each in resources.of_type(TARGET) if _is_for(each, resource_id, dimension)]
    if not found:
        return None
    target = found[0]
    target.is_read = True
    target.part.leave("RoleARN", "ResourceId", "ScalableDimension", "ServiceNamespace")
    policies = [each for each in resources.of_type(POLICY) if _belongs(resources, each, target)]
    return ScaledVariant(resources, target, tuple(policies))


def variant_id(endpoint: Value, variant: str) -> Value:
    """Name a variant as a scalable target, where the name of the endpoint may be a symbol."""
    before, _, after = scaling.resource_id("*", variant).partition("*")
    return joined((before, endpoint, after))


def policy_part(policy: Resource) -> Part:
    """Take a policy as read, and give its properties."""
    policy.is_read = True
    policy.part.leave(
        "PolicyName", "PolicyType", "ResourceId", "ScalableDimension", "ScalingTargetId", "ServiceNamespace"
    )
    return policy.part


def _is_for(target: Resource, resource_id: Value, dimension: str) -> bool:
    part = target.part
    return (part.look("ResourceId"), part.look("ScalableDimension")) == (resource_id, dimension)


def _belongs(resources: Resources, policy: Resource, target: Resource) -> bool:
    if policy.part.look("ScalingTargetId") is not None:
        return resources.find(policy.part.look("ScalingTargetId"), TARGET) is target
    names = ("ResourceId", "ScalableDimension")
    return all(policy.part.look(name) == target.part.look(name) for name in names)


def _scheduled(resources: Resources, action: Part, spec: type[Scheduled]) -> Scheduled | None:
    action.leave("ScheduledActionName")
    bounds = action.part("ScalableTargetAction")
    return built(
        spec,
        resources.notes,
        action.place,
        at=action.text("Schedule"),
        timezone=action.text("Timezone"),
        min_capacity=None if bounds is None else bounds.whole("MinCapacity"),
        max_capacity=None if bounds is None else bounds.whole("MaxCapacity"),
    )
