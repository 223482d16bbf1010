"""What we claim about target tracking."""

from __future__ import annotations

from pilotlight.catalog.evidence import assumed, documented, field
from pilotlight.hosting.behaviour import Behaviour

_TRACKING = documented("Application Auto Scaling User Guide, Target tracking scaling policies")
_SEEN = field(
    "alarms that Application Auto Scaling created, as shown by many public accounts and the ECS console"
)

BEHAVIOURS = (
    Behaviour(
        "The high alarm: more than the target for 3 datapoints of a minute.",
        "target_tracking.TargetTracking.high_periods",
        _SEEN,
    ),
    Behaviour(
        "With high-resolution metrics the high alarm takes 3 datapoints of 10 seconds.",
        "target_tracking.TargetTracking.period",
        assumed("only the low alarm of such a metric has been shown (90 datapoints of 10 seconds)"),
    ),
    Behaviour(
        "The low alarm: below its threshold for 15 minutes.",
        "target_tracking.TargetTracking.low_duration",
        _SEEN,
    ),
    Behaviour(
        "The low threshold is 90 % of the target.",
        "target_tracking.TargetTracking.low_ratio",
        field(
            "alarms shown publicly, target 30 has 27 and 70 has 63; the guide: usually more than 10% lower"
        ),
    ),
    Behaviour(
        "The capacity asked for is capacity * metric / target, rounded up.",
        "target_tracking.tracked_capacity",
        assumed("the guide says proportional to the metric and rounded conservatively, but gives no formula"),
    ),
    Behaviour(
        "A scale-in goes to that capacity at once.",
        "target_tracking.tracked_capacity",
        assumed("the guide says that it scales in more gradually, but gives no rule beyond the low alarm"),
    ),
    Behaviour(
        "The metric is the newest datapoint.",
        "capacity_decision.wishes",
        assumed("which datapoint the formula uses is not published"),
    ),
    Behaviour(
        "A policy with scale-in disabled never removes capacity.",
        "target_tracking.TargetTracking.disable_scale_in",
        _TRACKING,
    ),
    Behaviour("Without data the alarms are in INSUFFICIENT_DATA: no scaling.", "alarm.evaluate", _TRACKING),
    Behaviour(
        "Cool-downs of a SageMaker variant are 300 seconds unless given.",
        "target_tracking.TargetTracking.scale_in_cooldown",
        documented("SageMaker Developer Guide, Prerequisites of automatic scaling, Cooldown period"),
    ),
    Behaviour(
        "At zero instances the backlog per instance is the backlog: target tracking wakes an endpoint when "
        "it exceeds the target.",
        "async_metrics.BacklogAtZero.WHOLE_BACKLOG",
        documented(
            "SageMaker Developer Guide, Autoscale an asynchronous endpoint: without its own policy, scaling "
            "up from zero starts after the backlog exceeds the target tracking value"
        ),
    ),
    Behaviour(
        "Switched: at zero instances there is no backlog per instance, and target tracking never wakes.",
        "async_metrics.BacklogAtZero.ABSENT",
        field("write-ups of users whose endpoints stayed at zero; contradicts the guide"),
    ),
)
