"""What we claim about the utilisation of instances."""

from __future__ import annotations

from pilotlight.catalog.evidence import assumed, documented
from pilotlight.catalog.metrics import CLOUDWATCH_GUIDE
from pilotlight.hosting.behaviour import Behaviour

BEHAVIOURS = (
    Behaviour(
        "CPU utilisation is summed over the cores: four busy cores show 400.",
        "utilization.utilization_metrics",
        CLOUDWATCH_GUIDE,
    ),
    Behaviour(
        "Memory and disk utilisation are shares of what the instance has.",
        "utilization.utilization_metrics",
        CLOUDWATCH_GUIDE,
    ),
    Behaviour(
        "They are published every minute, or as often as MetricsConfig says.",
        "utilization.PUBLISH_INTERVAL",
        documented("botocore 1.43.106, MetricsConfig"),
    ),
    Behaviour(
        "Each instance publishes a value of its own: the average is that of the variant.",
        "utilization.utilization_metrics",
        assumed("the guide names the dimensions (endpoint and variant), not who publishes"),
    ),
)
