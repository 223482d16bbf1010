"""What we claim about the instances of a production variant."""

from __future__ import annotations

from pilotlight.catalog.evidence import assumed, field
from pilotlight.hosting.behaviour import Behaviour

_CACHING = "AWS Machine Learning Blog, Introducing container caching for faster model scaling, 2026-06-16"
_SPLIT = assumed(
    f"part of six minutes in all; measured totals: 258 s with and 525 s without caching ({_CACHING})"
)

BEHAVIOURS = (
    Behaviour(
        "An instance takes 5 to 9 minutes to come into service; six by default.",
        "instance.LaunchTiming.total",
        field(
            f"{_CACHING}: 258 to 525 s; an inference component in July 2026: 9 min 24 s to the first answer"
        ),
    ),
    Behaviour("Provisioning takes three of them.", "instance.LaunchTiming.provisioning", _SPLIT),
    Behaviour("Pulling the image takes two.", "instance.LaunchTiming.image_pull", _SPLIT),
    Behaviour("Downloading the model takes one.", "instance.LaunchTiming.model_download", _SPLIT),
    Behaviour(
        "Image and model are fetched at the same time.",
        "instance.LaunchTiming.before_container",
        field(f"{_CACHING}: the pull of 333 s ran in parallel with the weights"),
    ),
    Behaviour("Starting the container takes one.", "instance.LaunchTiming.container_start", _SPLIT),
    Behaviour(
        "An instance whose container dies is replaced by a new one.",
        "instances.step",
        assumed(
            "AWS does not say if it restarts the container or replaces the instance; the slower is modelled"
        ),
    ),
    Behaviour(
        "An instance that does not come into service is replaced, without end.",
        "instances.step",
        assumed("how often SageMaker tries again is not published; the driver ends it by setting the count"),
    ),
    Behaviour(
        "On scale-in those go first that serve nobody yet, then the idlest, then the newest.",
        "instance_events.DesiredCountSet.in_flight",
        assumed("AWS does not say which instance is removed"),
    ),
    Behaviour(
        "An instance that is removed finishes its requests.",
        "instances.InstanceFleet.drain_limit",
        assumed("AWS does not say; each request is bounded by its invocation timeout"),
    ),
    Behaviour(
        "A change of the count is complete when exactly that many are in service and none comes or goes.",
        "instance_events.CountReached",
        assumed("this is when the endpoint would be InService again"),
    ),
)
