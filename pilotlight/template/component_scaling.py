"""Reads how the copies of an inference component grow, shrink, sleep and wake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from pilotlight.catalog import component_metrics as metrics
from pilotlight.catalog import scaling
from pilotlight.spec import (
    AnyCopyScaling,
    CopyConcurrencyScaling,
    CopyInvocationScaling,
    CopyScheduleScaling,
    ScheduledCopies,
)
from pilotlight.template.evaluation.symbol import Value, joined
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import built
from pilotlight.template.scalable_target import (
    STEPS,
    TRACKING,
    ScaledVariant,
    policy_part,
    scaled_variant,
)
from pilotlight.template.tracked_metric import cooldowns, followed, read_metric, scale_in_disabled
from pilotlight.template.waking import alarm_that_wakes, read_wake_alarm, waking

NO_CAPACITY: Final = metrics.NO_CAPACITY_INVOCATION_FAILURES
PER_COPY: Final[dict[Any, type[CopyInvocationScaling | CopyConcurrencyScaling]]] = {
    metrics.INVOCATIONS_PER_COPY: CopyInvocationScaling,
    metrics.CONCURRENT_REQUESTS_PER_COPY: CopyConcurrencyScaling,
}


def component_scaling(resources: Resources, name: Value, adapters: Sequence[Value]) -> AnyCopyScaling | None:
    """Read what scales a component; None when nothing does.

    Args:
        resources: all of them.
        name: of the component.
        adapters: the names of its adapters: requests for those may wake it too.
    """
    before, _, after = scaling.component_resource_id("*").partition("*")
    scaled = scaled_variant(resources, joined((before, name, after)), scaling.COPY_DIMENSION)
    if scaled is None:
        return None
    common = scaled.bounds | {"schedule": scaled.scheduled(ScheduledCopies)}
    common |= {"wake_cooldown": waking(scaled, NO_CAPACITY, _of(name), "Maximum")}
    read = _tracked(scaled, name, common) or _by_the_clock(scaled, common)
    if read is not None and read.lowest == 0 and common["wake_cooldown"] is None:
        scaled.target.part.note("MinCapacity", "nothing wakes the component once it has no copy")
    for adapter in adapters:
        _read_alarms_of(scaled, adapter)
    return read


def _tracked(scaled: ScaledVariant, name: Value, common: dict[str, Any]) -> AnyCopyScaling | None:
    for policy in scaled.of_type(TRACKING):
        tracking = policy.part.part("TargetTrackingScalingPolicyConfiguration")
        fact = followed(tracking, _of(name))
        if tracking is not None and fact in PER_COPY:
            return _policy(scaled, policy, tracking, fact, common)
    return None


def _policy(
    scaled: ScaledVariant, policy: Resource, tracking: Part, fact: Any, common: dict[str, Any]
) -> AnyCopyScaling | None:
    policy_part(policy)
    read_metric(tracking, fact)
    return built(
        PER_COPY[fact],
        scaled.resources.notes,
        tracking.place,
        **common,
        **cooldowns(tracking),
        target_per_copy=tracking.number("TargetValue"),
        disable_scale_in=scale_in_disabled(tracking),
    )


def _by_the_clock(scaled: ScaledVariant, common: dict[str, Any]) -> CopyScheduleScaling | None:
    if not common["schedule"]:
        scaled.resources.notes.note(scaled.target.place, "neither a metric nor the clock scales it")
        return None
    return built(CopyScheduleScaling, scaled.resources.notes, scaled.target.place, **common)


def _read_alarms_of(scaled: ScaledVariant, adapter: Value) -> None:
    for policy in scaled.of_type(STEPS):
        alarm = alarm_that_wakes(scaled.resources, policy, NO_CAPACITY, _of(adapter))
        if alarm is not None:
            read_wake_alarm(alarm, NO_CAPACITY)


def _of(name: Value) -> dict[str, Value]:
    return {"InferenceComponentName": name}
