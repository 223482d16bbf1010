"""Application Auto Scaling in one region: its API, and what it does each time alarms are looked at."""

from __future__ import annotations

from pilotlight.local.aws import Aws
from pilotlight.local.clock import ScaledClock
from pilotlight.local.control_plane.place import Place
from pilotlight.local.emulator.json_service import Operations
from pilotlight.local.scaling.alarm_evaluator import AlarmEvaluator, Moment
from pilotlight.local.scaling.cloudwatch_alarms import CloudWatchAlarms
from pilotlight.local.scaling.managed_alarms import ManagedAlarms
from pilotlight.local.scaling.metric_store import MetricStore
from pilotlight.local.scaling.policy_operations import PolicyOperations
from pilotlight.local.scaling.resource_capacity import ResourceCapacity
from pilotlight.local.scaling.schedule_operations import ScheduleOperations
from pilotlight.local.scaling.schedules import Schedules
from pilotlight.local.scaling.target_operations import TargetOperations
from pilotlight.local.scaling.targets import Targets


class AutoScaling:
    """The targets, policies and scheduled actions of a region, and the evaluation of all its alarms."""

    def __init__(
        self,
        aws: Aws,
        *,
        capacity: ResourceCapacity,
        clock: ScaledClock,
        metrics: MetricStore,
    ) -> None:
        place, alarms = Place(aws.region, aws.account), ManagedAlarms(aws)
        self._targets = Targets(capacity, clock)
        self._schedules = Schedules(self._targets)
        self._evaluator = AlarmEvaluator(CloudWatchAlarms(aws), metrics)
        self.targets = TargetOperations(place, self._targets, alarms)
        self.policies = PolicyOperations(place, self._targets, alarms)
        self.schedules = ScheduleOperations(place, self._targets)

    def operations(self) -> Operations:
        """What the API offers, by the names of its operations."""
        return {
            "RegisterScalableTarget": self.targets.register,
            "DescribeScalableTargets": self.targets.describe,
            "DeregisterScalableTarget": self.targets.deregister,
            "DescribeScalingActivities": self.targets.describe_activities,
            "PutScalingPolicy": self.policies.put,
            "DescribeScalingPolicies": self.policies.describe,
            "DeleteScalingPolicy": self.policies.delete,
            "PutScheduledAction": self.schedules.put,
            "DescribeScheduledActions": self.schedules.describe,
            "DeleteScheduledAction": self.schedules.delete,
        }

    def tick(self, now: Moment) -> None:
        """Look at everything once: end what is done, run schedules, evaluate alarms, scale."""
        self._targets.follow()
        self._schedules.round()
        self._targets.alarms_fired(self._evaluator.round(now))
