"""What we claim about Application Auto Scaling's decisions."""

from __future__ import annotations

from pilotlight.catalog.evidence import assumed, documented
from pilotlight.hosting.behaviour import Behaviour

_SEVERAL = documented("Application Auto Scaling User Guide, Target tracking scaling policies, Considerations")
_COOLDOWN = documented("Application Auto Scaling User Guide, Define cooldown period")
_REGISTER = documented("botocore 1.44.5, RegisterScalableTarget")

BEHAVIOURS = (
    Behaviour("Of several policies the largest capacity wins, out and in.", "scalable_target.step", _SEVERAL),
    Behaviour(
        "Target tracking scales out if any policy is ready, in only if all that may scale in are ready.",
        "capacity_decision.wishes",
        _SEVERAL,
    ),
    Behaviour("A step policy's scale-in does not wait for them.", "capacity_decision.wishes", _SEVERAL),
    Behaviour(
        "A cool-down starts when an activity has succeeded.", "scaling_events.ActivityEnded", _COOLDOWN
    ),
    Behaviour(
        "In a scale-out cool-down only a larger scale-out proceeds; what was added counts as part of it.",
        "scalable_target.ScaleOutCooldown",
        _COOLDOWN,
    ),
    Behaviour(
        "That holds for every policy of the target, whichever scaled first.",
        "scalable_target.ScaleOutCooldown",
        assumed("the guide speaks of the scaling policy and of the next scale-out, without saying whose"),
    ),
    Behaviour("A scale-in cool-down blocks further scale-ins.", "scalable_target.step", _COOLDOWN),
    Behaviour(
        "A scale-out does not wait for a scale-in cool-down, and ends it.", "scalable_target.step", _COOLDOWN
    ),
    Behaviour(
        "A scale-in does not wait for a scale-out cool-down, and ends it.",
        "scalable_target.step",
        assumed(
            "the guide blocks further scale-outs only; what is reckoned from a larger past would be wrong"
        ),
    ),
    Behaviour(
        "While an activity is under way nothing else is decided.",
        "scalable_target.ScalableTarget.overlapping_activities",
        assumed("SageMaker refuses to change an endpoint that is Updating; what follows is not published"),
    ),
    Behaviour(
        "Registering a target again brings the capacity inside the bounds at once.",
        "scaling_events.Registered",
        _REGISTER,
    ),
    Behaviour("Such a change starts no cool-down.", "scalable_target.step", _COOLDOWN),
    Behaviour(
        "Bounds that moved during an activity take effect after it.",
        "scalable_target.step",
        assumed("follows from one activity at a time"),
    ),
    Behaviour("Policies never leave the bounds.", "scalable_target.ScalableTarget.clamped", _REGISTER),
)
