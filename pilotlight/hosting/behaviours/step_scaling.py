"""What we claim about step scaling."""

from __future__ import annotations

from pilotlight.catalog.evidence import assumed, documented
from pilotlight.hosting.behaviour import Behaviour

_STEPS = documented("Application Auto Scaling User Guide, Step scaling policies, Step adjustments")
_TYPES = documented("Application Auto Scaling User Guide, Step scaling policies, Scaling adjustment types")
_API = documented("botocore 1.44.5, PutScalingPolicy")

BEHAVIOURS = (
    Behaviour(
        "Bounds are relative to the threshold: above it the lower bound is included, below it the upper one.",
        "step_scaling.StepAdjustment.covers",
        _STEPS,
    ),
    Behaviour(
        "A metric exactly on the threshold counts to the side where the alarm breaches.",
        "step_scaling.stepped_capacity",
        assumed(
            "the guide speaks of above and below only; AWS's wake-up sample needs it (1 >= 1, lower bound 0)"
        ),
    ),
    Behaviour(
        "Steps have no gaps, no overlaps, and an open end on each side they reach.",
        "step_scaling.StepScaling",
        _STEPS,
    ),
    Behaviour(
        "A change in percent is rounded toward zero, but is at least one instance.",
        "step_scaling.stepped_capacity",
        _TYPES,
    ),
    Behaviour(
        "A change in percent is at least MinAdjustmentMagnitude.",
        "step_scaling.StepScaling.min_adjustment_magnitude",
        _TYPES,
    ),
    Behaviour(
        "The aggregation type is applied to the datapoints, Average unless given.",
        "step_scaling.StepScaling.aggregation",
        _API,
    ),
    Behaviour(
        "These are the newest real datapoints, as many as the alarm evaluates.",
        "step_scaling.aggregated",
        assumed("the guide says the most recent metric data points, not how many"),
    ),
    Behaviour("The cool-down is 300 seconds unless given.", "step_scaling.StepScaling.cooldown", _API),
)
