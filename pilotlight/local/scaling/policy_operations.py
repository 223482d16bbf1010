"""The operations on scaling policies."""

from __future__ import annotations

from typing import Any

from pilotlight.catalog.scaling import POLICIES_PER_TARGET, SERVICE_NAMESPACE
from pilotlight.hosting.scalable_target import PolicyDeleted, PolicyPut
from pilotlight.local.control_plane.place import Place
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.scaling.managed_alarms import ManagedAlarms
from pilotlight.local.scaling.paging import page
from pilotlight.local.scaling.policy_record import PolicyRecord
from pilotlight.local.scaling.targets import Targets

Request = dict[str, Any]


class PolicyOperations:
    """Puts, describes and deletes policies."""

    def __init__(self, place: Place, targets: Targets, alarms: ManagedAlarms) -> None:
        self._place = place
        self._targets = targets
        self._alarms = alarms

    def put(self, request: Request) -> Request:
        """PutScalingPolicy: new, or in place of the one with its name."""
        with self._targets.held():
            target = self._targets.find(request)
            known = target.policies.get(request["PolicyName"])
            if known is None and not POLICIES_PER_TARGET.allows(len(target.policies) + 1):
                raise ApiError("LimitExceededException", f"a target has at most {POLICIES_PER_TARGET}")
            record = PolicyRecord.parse(
                request, region=self._place.region, account=self._place.account, known=known
            )
            self._targets.drive(target, PolicyPut(record.policy))
            target.policies[record.name] = record
        self._alarms.put(record)
        return {"PolicyARN": record.arn, "Alarms": self._alarms.of(record)}

    def describe(self, request: Request) -> Request:
        """DescribeScalingPolicies."""
        names, resource = request.get("PolicyNames"), request.get("ResourceId")
        with self._targets.held() as targets:
            records = [
                record
                for key, target in targets.items()
                for record in target.policies.values()
                if resource in {None, key} and (names is None or record.name in names)
            ]
        return page([self._described(each) for each in records], request, "ScalingPolicies")

    def delete(self, request: Request) -> None:
        """DeleteScalingPolicy: nothing acts on its alarms any more."""
        name = request["PolicyName"]
        with self._targets.held():
            target = self._targets.find(request)
            record = target.policies.pop(name, None)
            if record is None:
                raise ApiError("ObjectNotFoundException", f"No scaling policy found with name {name}")
            self._targets.drive(target, PolicyDeleted(name))
        self._alarms.delete(record)

    def _described(self, record: PolicyRecord) -> Request:
        configurations = ("StepScalingPolicyConfiguration", "TargetTrackingScalingPolicyConfiguration")
        return {
            "PolicyARN": record.arn,
            "PolicyName": record.name,
            "ServiceNamespace": SERVICE_NAMESPACE,
            "ResourceId": record.request["ResourceId"],
            "ScalableDimension": record.request["ScalableDimension"],
            "PolicyType": record.request["PolicyType"],
            "Alarms": self._alarms.of(record),
            "CreationTime": record.created,
            **{key: record.request[key] for key in configurations if key in record.request},
        }
