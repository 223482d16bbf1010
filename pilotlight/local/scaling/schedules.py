"""Runs the scheduled actions of a region when SageMaker's calendar reaches them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter

from pilotlight.hosting.scalable_target import ScheduleDue
from pilotlight.local.scaling.scheduled_action import ScheduledActionRecord
from pilotlight.local.scaling.target_record import TargetRecord
from pilotlight.local.scaling.targets import Targets

_LOG = logging.getLogger("pilotlight")


class Schedules:
    """Looks at the scheduled actions of all targets. Called by one thread."""

    def __init__(self, targets: Targets) -> None:
        self._targets = targets

    def round(self) -> None:
        """Run what is due, in the order of its moments."""
        now = self._targets.calendar()
        with self._targets.held() as targets:
            while (earliest := _earliest(targets.values(), now)) is not None:
                _, target, action = earliest
                action.ran()
                self._run(target, action)

    def _run(self, target: TargetRecord, action: ScheduledActionRecord) -> None:
        capacity = self._targets.look(target)
        if capacity is None or target.suspended.get("ScheduledScalingSuspended", False):
            return
        event = ScheduleDue(capacity.desired, action.min_capacity, action.max_capacity)
        try:
            self._targets.drive(target, event, because=f"scheduled action {action.name} ran")
        except ValueError as error:
            _LOG.warning("scheduled action %s of %s: %s", action.name, target.resource_id, error)


def _earliest(
    targets: Iterable[TargetRecord], now: datetime
) -> tuple[datetime, TargetRecord, ScheduledActionRecord] | None:
    due = (
        (action.due, target, action)
        for target in targets
        for action in target.scheduled.values()
        if action.due is not None and action.due <= now
    )
    return min(due, key=itemgetter(0), default=None)
