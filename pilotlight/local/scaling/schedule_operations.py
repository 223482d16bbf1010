"""The operations on scheduled actions."""

from __future__ import annotations

from typing import Any

from pilotlight.catalog.scaling import SCHEDULED_ACTIONS
from pilotlight.local.control_plane.place import Place
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.scaling.paging import page
from pilotlight.local.scaling.scheduled_action import ScheduledActionRecord, scheduled_action_arn
from pilotlight.local.scaling.targets import Targets

Request = dict[str, Any]


class ScheduleOperations:
    """Puts, describes and deletes."""

    def __init__(self, place: Place, targets: Targets) -> None:
        self._place = place
        self._targets = targets

    def put(self, request: Request) -> None:
        """PutScheduledAction: new, or in place of the one with its name."""
        name, place = request["ScheduledActionName"], self._place
        with self._targets.held():
            target = self._targets.find(request)
            known = target.scheduled.get(name)
            if known is None and not SCHEDULED_ACTIONS.allows(len(target.scheduled) + 1):
                raise ApiError("LimitExceededException", f"a target has at most {SCHEDULED_ACTIONS}")
            arn = scheduled_action_arn(request, region=place.region, account=place.account)
            target.scheduled[name] = ScheduledActionRecord.parse(
                request, arn=arn, now=self._targets.calendar(), known=known
            )

    def describe(self, request: Request) -> Request:
        """DescribeScheduledActions."""
        names, resource = request.get("ScheduledActionNames"), request.get("ResourceId")
        with self._targets.held() as targets:
            found = [
                record.describe()
                for key, target in targets.items()
                for record in target.scheduled.values()
                if resource in {None, key} and (names is None or record.name in names)
            ]
        return page(found, request, "ScheduledActions")

    def delete(self, request: Request) -> None:
        """DeleteScheduledAction."""
        name = request["ScheduledActionName"]
        with self._targets.held():
            found = self._targets.find(request).scheduled.pop(name, None)
        if found is None:
            raise ApiError("ObjectNotFoundException", f"No scheduled action found with name {name}")
