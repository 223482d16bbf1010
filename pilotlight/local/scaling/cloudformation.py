"""AWS::ApplicationAutoScaling::ScalableTarget and ScalingPolicy: what CloudFormation does with them.

Create-only properties are those of the CloudFormation registry schemas (cfn-lint 1.58.0, us-east-1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.emulator.json_service import checked, input_shape
from pilotlight.local.emulator.resource_type import Properties, Resource, ResourceFailed, ResourceRequest
from pilotlight.local.emulator.shape_convert import converted
from pilotlight.local.scaling.autoscaling import AutoScaling

Regions = Callable[[str], AutoScaling]
"""Gives Application Auto Scaling of a region."""

_SERVICE = "application-autoscaling"
_IDENTITY = ("ResourceId", "ScalableDimension", "ServiceNamespace")
_ACTIONS = "ScheduledActions"


def _call(regions: Regions, region: str, operation: str, given: Properties) -> Mapping[str, Any]:
    try:
        request = checked(_SERVICE, operation, converted(input_shape(_SERVICE, operation), given))
        return regions(region).operations()[operation](request) or {}
    except ApiError as error:
        msg = f"{error.message} (Service: ApplicationAutoScaling, Error Code: {error.code})"
        raise ResourceFailed(msg) from error


def _delete(regions: Regions, region: str, operation: str, given: Properties) -> None:
    """Run a deletion; what is gone already, as with a deleted endpoint, is no fault."""
    try:
        regions(region).operations()[operation](given)
    except ApiError as error:
        if error.code != "ObjectNotFoundException":
            raise ResourceFailed(error.message) from error


class ScalableTargetType:
    """Scalable targets: `Ref` gives `<resource id>|<dimension>|<namespace>`."""

    name = "AWS::ApplicationAutoScaling::ScalableTarget"
    name_property = None
    create_only = _IDENTITY
    takes_tags = False

    def __init__(self, regions: Regions) -> None:
        self._regions = regions

    def create(self, request: ResourceRequest) -> Resource:
        """Register it, and put its scheduled actions."""
        given = {key: each for key, each in request.properties.items() if key != _ACTIONS}
        _call(self._regions, request.region, "RegisterScalableTarget", given)
        identity = {key: request.properties[key] for key in _IDENTITY}
        for action in _actions(request.properties):
            _call(self._regions, request.region, "PutScheduledAction", {**identity, **action})
        id_ = "|".join(identity.values())
        return Resource(id_, {"Id": id_})

    def update(self, physical_id: str, old: Properties, request: ResourceRequest) -> Resource:
        """Register it again with the other bounds; scheduled actions that are no longer said are deleted."""
        names = {each["ScheduledActionName"] for each in _actions(request.properties)}
        for action in _actions(old):
            if action["ScheduledActionName"] not in names:
                gone = {**_identity(physical_id), "ScheduledActionName": action["ScheduledActionName"]}
                _delete(self._regions, request.region, "DeleteScheduledAction", gone)
        return self.create(request)

    def delete(self, region: str, physical_id: str, properties: Properties) -> None:  # noqa: ARG002 - the id says it all
        """Deregister it."""
        _delete(self._regions, region, "DeregisterScalableTarget", _identity(physical_id))


class ScalingPolicyType:
    """Scaling policies: `Ref` gives the ARN."""

    name = "AWS::ApplicationAutoScaling::ScalingPolicy"
    name_property = None
    create_only = ("PolicyName", *_IDENTITY, "ScalingTargetId")
    takes_tags = False

    def __init__(self, regions: Regions) -> None:
        self._regions = regions

    def create(self, request: ResourceRequest) -> Resource:
        """Put it."""
        arn = _call(self._regions, request.region, "PutScalingPolicy", _of_target(request.properties))[
            "PolicyARN"
        ]
        return Resource(arn, {"Arn": arn})

    def update(self, physical_id: str, old: Properties, request: ResourceRequest) -> Resource:  # noqa: ARG002 - putting it again replaces all
        """Put it again; it keeps its ARN."""
        return self.create(request)

    def delete(self, region: str, physical_id: str, properties: Properties) -> None:  # noqa: ARG002 - the name is in the properties
        """Delete it."""
        given = _of_target(properties)
        wanted = {key: given[key] for key in ("PolicyName", *_IDENTITY)}
        _delete(self._regions, region, "DeleteScalingPolicy", wanted)


def _actions(target: Properties) -> Sequence[Properties]:
    actions: Sequence[Properties] = target.get(_ACTIONS, ())
    return actions


def _identity(target_id: str) -> Properties:
    return dict(zip(_IDENTITY, target_id.split("|"), strict=True))


def _of_target(properties: Properties) -> Properties:
    """The properties with the target spelled out, where the template names it by `ScalingTargetId`."""
    rest = {key: value for key, value in properties.items() if key != "ScalingTargetId"}
    return rest | _identity(properties["ScalingTargetId"]) if "ScalingTargetId" in properties else rest


def resource_types(regions: Regions) -> tuple[ScalableTargetType | ScalingPolicyType, ...]:
    """Application Auto Scaling's resource types, in all regions."""
    return ScalableTargetType(regions), ScalingPolicyType(regions)
