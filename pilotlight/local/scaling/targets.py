"""The scalable targets of a region: drives `pilotlight.hosting.scalable_target` and does what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from threading import RLock
from typing import Any

from pilotlight.catalog.scaling import SERVICE_NAMESPACE
from pilotlight.hosting.scalable_target import (
    ActivityEnded,
    AlarmsFired,
    FiredAlarm,
    SetCapacity,
    TargetEvent,
    step,
)
from pilotlight.local.clock import ScaledClock
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.scaling.activity import ScalingActivity
from pilotlight.local.scaling.alarm_evaluator import InAlarm
from pilotlight.local.scaling.resource_capacity import Capacity, ResourceCapacity
from pilotlight.local.scaling.target_record import TargetRecord

_KEPT_ACTIVITIES = 1000
_OUTSIDE = "the capacity was outside the minimum and maximum of the scalable target"


class Targets:
    """Holds the targets and changes capacity. Thread-safe."""

    def __init__(self, capacity: ResourceCapacity, clock: ScaledClock) -> None:
        self._capacity = capacity
        self._clock = clock
        self._lock = RLock()
        self._targets: dict[str, TargetRecord] = {}
        self.activities: list[ScalingActivity] = []

    @contextmanager
    def held(self) -> Iterator[dict[str, TargetRecord]]:
        """The targets by resource id, for as long as nobody else may touch them."""
        with self._lock:
            yield self._targets

    def calendar(self) -> datetime:
        """The present moment on SageMaker's calendar, by which schedules go."""
        return self._clock.calendar(self._clock.now())

    def find(self, request: Mapping[str, Any]) -> TargetRecord:
        """The target that a request names. Raises ApiError in the service's words."""
        with self._lock:
            target = self._targets.get(request["ResourceId"])
        named = (request["ServiceNamespace"], request["ScalableDimension"])
        if target is None or named != (SERVICE_NAMESPACE, target.resource.dimension):
            words = f"{named[0]}, resource ID: {request['ResourceId']}, scalable dimension: {named[1]}"
            msg = f"No scalable target found for service namespace: {words}"
            raise ApiError("ObjectNotFoundException", msg)
        return target

    def look(self, target: TargetRecord) -> Capacity | None:
        """The capacity of the target's resource now; None when it is gone."""
        return self._capacity.look(target.resource)

    def drive(
        self,
        target: TargetRecord,
        event: TargetEvent,
        causes: Mapping[str, str] | None = None,
        *,
        because: str = _OUTSIDE,
    ) -> None:
        """Let the target decide, and begin what it decided.

        causes: what set each policy off. because: why the capacity may have to move without a policy.
        """
        with self._lock:
            target.state, effects = step(target.state, event, self._clock.now())
            for effect in effects:
                cause = because if effect.policy is None else (causes or {}).get(effect.policy)
                self._begin(target, effect, cause or f"policy {effect.policy}")

    def alarms_fired(self, alarms: list[InAlarm]) -> None:
        """Run the scaling actions of the alarms in ALARM, for each target with at least one that is due."""
        with self._lock:
            for target in list(self._targets.values()):
                self._answer(target, alarms)

    def follow(self) -> None:
        """End the activities whose capacity is reached, or cannot be reached any more."""
        with self._lock:
            for target in list(self._targets.values()):
                if target.activity is not None:
                    self._follow(target, target.activity)

    def _answer(self, target: TargetRecord, alarms: list[InAlarm]) -> None:
        names = {record.arn: record.name for record in target.policies.values()}
        fired = [(names[arn], alarm) for alarm in alarms for arn in alarm.definition.actions if arn in names]
        capacity = self.look(target)
        if capacity is None or not any(alarm.due for _, alarm in fired):
            return
        event = AlarmsFired(
            tuple(FiredAlarm(policy, alarm.definition.alarm, alarm.datapoints) for policy, alarm in fired),
            capacity.desired,
        )
        causes = {
            policy: f"monitor alarm {alarm.definition.name} in state ALARM triggered policy {policy}"
            for policy, alarm in fired
        }
        self.drive(target, event, causes)

    def _begin(self, target: TargetRecord, effect: SetCapacity, cause: str) -> None:
        if _is_suspended(target, effect):
            self.drive(target, ActivityEnded(successful=False))
            return
        activity = ScalingActivity(
            target.resource_id,
            target.resource.dimension,
            effect.previous,
            effect.capacity,
            cause,
            target.resource.counted,
        )
        target.activity = activity
        self.activities = [activity, *self.activities[: _KEPT_ACTIVITIES - 1]]
        try:
            self._capacity.change(target.resource, effect.capacity)
        except ApiError as error:
            self._end(
                target, activity, "Failed", f"Failed to set desired {activity.counted}: {error.message}"
            )

    def _follow(self, target: TargetRecord, activity: ScalingActivity) -> None:
        capacity = self.look(target)
        if capacity is None:
            self._end(target, activity, "Failed", "What it scales is gone.")
        elif capacity.desired != activity.capacity:
            self._end(target, activity, "Overridden", f"Another change set it to {capacity.desired}.")
        elif capacity.in_service and capacity.current == activity.capacity:
            done = f"Successfully set desired {activity.counted} to {activity.capacity}."
            self._end(target, activity, "Successful", f"{done} Change successfully fulfilled by sagemaker.")

    def _end(self, target: TargetRecord, activity: ScalingActivity, status: str, message: str) -> None:
        activity.end(status, message)
        target.activity = None
        self.drive(target, ActivityEnded(successful=status == "Successful"))


def _is_suspended(target: TargetRecord, effect: SetCapacity) -> bool:
    """Whether SuspendedState forbids it; what the bounds want is never suspended."""
    out = effect.capacity > effect.previous
    kind = "DynamicScalingOutSuspended" if out else "DynamicScalingInSuspended"
    return effect.policy is not None and target.suspended.get(kind, False)
