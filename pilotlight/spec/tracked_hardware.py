"""The number that a utilisation of AWS's is summed over: cores or GPUs of an instance."""

from __future__ import annotations

from pilotlight.catalog.instance_types import INSTANCE_TYPES
from pilotlight.spec.realtime_scaling import UtilizationScaling
from pilotlight.spec.refusing import refused
from pilotlight.spec.shortest import shortest


def units_of(scaling: UtilizationScaling, instance_type: str) -> int | None:
    """Give the cores or GPUs of an instance; None when there are none, or nobody published how many."""
    hardware = INSTANCE_TYPES[instance_type]
    return hardware.vcpus if scaling.metric == "cpu" else hardware.accelerators


def refuse_unknown_hardware(scaling: UtilizationScaling, instance_type: str) -> None:
    """Raise when the target cannot be put into AWS's unit, because there is no number to multiply with."""
    if not units_of(scaling, instance_type):
        what = f"no {'cores' if scaling.metric == 'cpu' else 'GPUs'} of {instance_type} are known"
        raise refused(what, got=scaling.metric, allowed="a metric of its hardware", at=("metric",))


def published_target(scaling: UtilizationScaling, instance_type: str) -> float:
    """Give the target in AWS's unit: percent, summed over the cores or GPUs of an instance.

    Raises ValueError when there is no number to multiply with.
    """
    units = units_of(scaling, instance_type)
    if not units:
        raise ValueError(f"utilization, got {scaling.metric} of {instance_type}, allowed known hardware")
    return scaling.target_percent * units


def percent_of_published(published: float, metric: str, instance_type: str) -> float:
    """Give the target per core or GPU that a target in AWS's unit stands for; the inverse of the above.

    Of several numbers that give the same target it is the one with the fewest digits. Where nobody
    published how many cores or GPUs there are, the target is taken as it is.
    """
    hardware = INSTANCE_TYPES.get(instance_type)
    units = None if hardware is None else hardware.vcpus if metric == "cpu" else hardware.accelerators
    return shortest(published / units, lambda each: each * units == published) if units else published
