"""What happens to a scalable target, and what its driver has to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pilotlight.hosting.capacity_decision import FiredAlarm, ScalingPolicy


@dataclass(frozen=True, slots=True)
class Registered:
    """Event: RegisterScalableTarget, the first time and again; the capacity is brought inside the bounds.

    capacity: the variant's desired instance count now. None for a bound: leave it as it is.
    Raises ValueError when the minimum is above the maximum.
    """

    capacity: int
    min_capacity: int | None = None
    max_capacity: int | None = None


@dataclass(frozen=True, slots=True)
class PolicyPut:
    """Event: PutScalingPolicy: a policy is new or replaces the one with its name."""

    policy: ScalingPolicy


@dataclass(frozen=True, slots=True)
class PolicyDeleted:
    """Event: DeleteScalingPolicy. Raises LookupError when there is none with this name."""

    name: str


@dataclass(frozen=True, slots=True)
class AlarmsFired:
    """Event: a round of evaluation in which at least one scaling action is due.

    alarms: every alarm of this target's policies that is in ALARM now (managed ones and those of step
      policies). Alarms of policies that are gone count for nothing.
    capacity: the variant's desired instance count now.
    """

    alarms: tuple[FiredAlarm, ...]
    capacity: int


@dataclass(frozen=True, slots=True)
class ScheduleDue:
    """Event: a scheduled action runs: the bounds change, and the capacity is brought inside them.

    capacity: the variant's desired instance count now. None for a bound: leave it as it is.
    Raises ValueError when the minimum is above the maximum.
    """

    capacity: int
    min_capacity: int | None = None
    max_capacity: int | None = None


@dataclass(frozen=True, slots=True)
class ActivityEnded:
    """Event: the capacity of the last `SetCapacity` is reached, or could not be: then no cool-down starts."""

    successful: bool = True


TargetEvent: TypeAlias = Registered | PolicyPut | PolicyDeleted | AlarmsFired | ScheduleDue | ActivityEnded


@dataclass(frozen=True, slots=True)
class SetCapacity:
    """Effect: ask SageMaker for this desired instance count. policy: who wanted it; None: the bounds did."""

    capacity: int
    previous: int
    policy: str | None
