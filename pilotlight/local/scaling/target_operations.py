"""The operations on scalable targets and their activities."""

from __future__ import annotations

from typing import Any

from pilotlight.catalog.scaling import component_resource_id, service_linked_role_arn
from pilotlight.hosting.scalable_target import Registered, ScalableTarget
from pilotlight.local.control_plane.place import Place
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.scaling.managed_alarms import ManagedAlarms
from pilotlight.local.scaling.paging import page
from pilotlight.local.scaling.scaled_resource import ScaledResource
from pilotlight.local.scaling.target_record import TargetRecord, target_arn
from pilotlight.local.scaling.targets import Targets

Request = dict[str, Any]


class TargetOperations:
    """Registers, describes and deregisters."""

    def __init__(self, place: Place, targets: Targets, alarms: ManagedAlarms) -> None:
        self._place = place
        self._targets = targets
        self._alarms = alarms

    def register(self, request: Request) -> Request:
        """RegisterScalableTarget: new, or with other bounds; the capacity is brought inside them."""
        with self._targets.held() as targets:
            known = targets.get(request["ResourceId"])
            target = self._new(request) if known is None else known
            capacity = self._targets.look(target)
            if capacity is None:
                msg = f"No {_kind_of(target)} found for resource ID: {target.resource_id}"
                raise ValidationError(msg)
            event = Registered(capacity.desired, request.get("MinCapacity"), request.get("MaxCapacity"))
            try:
                self._targets.drive(target, event)
            except ValueError as error:
                raise ValidationError(str(error)) from error
            target.role_arn = request.get("RoleARN", target.role_arn)
            target.suspended |= request.get("SuspendedState", {})
            targets[target.resource_id] = target
        return {"ScalableTargetARN": target.arn}

    def describe(self, request: Request) -> Request:
        """DescribeScalableTargets."""
        wanted = request.get("ResourceIds")
        with self._targets.held() as targets:
            found = [each.describe() for key, each in targets.items() if wanted is None or key in wanted]
        return page(found, request, "ScalableTargets")

    def deregister(self, request: Request) -> None:
        """DeregisterScalableTarget: its policies and their alarms go with it."""
        with self._targets.held() as targets:
            target = targets.pop(self._targets.find(request).resource_id)
        self._forget(target)

    def forget_endpoint(self, name: str) -> None:
        """Deregister the targets of an endpoint that is deleted (assumed: nothing is left to scale)."""
        with self._targets.held() as targets:
            gone = [targets.pop(key) for key, each in list(targets.items()) if each.resource.endpoint == name]
        for target in gone:
            self._forget(target)

    def forget_component(self, name: str) -> None:
        """Deregister the target of an inference component that is deleted (assumed, as for an endpoint)."""
        with self._targets.held() as targets:
            target = targets.pop(component_resource_id(name), None)
        if target is not None:
            self._forget(target)

    def describe_activities(self, request: Request) -> Request:
        """DescribeScalingActivities, the newest first."""
        resource = request.get("ResourceId")
        activities = self._targets.activities
        found = [each.describe() for each in activities if resource in {None, each.resource_id}]
        return page(found, request, "ScalingActivities")

    def _new(self, request: Request) -> TargetRecord:
        resource = ScaledResource.parse(request)
        lowest, highest = request.get("MinCapacity"), request.get("MaxCapacity")
        if lowest is None or highest is None:
            msg = "MinCapacity and MaxCapacity are required when a scalable target is registered"
            raise ValidationError(msg)
        try:
            state = ScalableTarget(lowest, highest)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        role = service_linked_role_arn("aws", self._place.account)
        arn = target_arn(self._place.region, self._place.account)
        return TargetRecord(resource, state, role, arn)

    def _forget(self, target: TargetRecord) -> None:
        for record in target.policies.values():
            self._alarms.delete(record)


def _kind_of(target: TargetRecord) -> str:
    return "endpoint variant" if target.resource.endpoint is not None else "inference component"
