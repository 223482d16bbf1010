"""What every variant of a real-time endpoint gets: alarms, and scaling if it has any."""

from __future__ import annotations

from aws_cdk import CfnResource
from aws_cdk import aws_sns as sns
from constructs import Construct

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import RealtimeAlarms
from pilotlight.spec.scaled_instances import ScaledInstances
from pilotlight_cdk.realtime_alarms import RealtimeEndpointAlarms
from pilotlight_cdk.variant_metrics import VariantMetrics
from pilotlight_cdk.variant_scaling import VariantScaling


def build_alarms(
    scope: Construct, metrics: VariantMetrics, *, alarm_topic: sns.ITopic, alarms: RealtimeAlarms
) -> RealtimeEndpointAlarms:
    """Watch a variant; the alarms of a further one say which it is."""
    name, variant = metrics.endpoint_name, metrics.variant_name
    return RealtimeEndpointAlarms(
        scope,
        "Alarms",
        endpoint=metrics,
        endpoint_name=name if variant == VARIANT_NAME else f"{name}, variant {variant},",
        alarm_topic=alarm_topic,
        alarms=alarms,
    )


def build_scaling(
    scope: Construct, metrics: VariantMetrics, *, endpoint: CfnResource, hosted: ScaledInstances
) -> VariantScaling | None:
    """Scale a variant; None when its number of instances stays."""
    if hosted.scaling is None:
        return None
    return VariantScaling(
        scope,
        "Scaling",
        endpoint_name=metrics.endpoint_name,
        variant_name=metrics.variant_name,
        endpoint=endpoint,
        instance_type=hosted.instance_type,
        spec=hosted.scaling,
    )
