"""Writes which metrics an endpoint publishes in CloudFormation's words."""

from __future__ import annotations

from aws_cdk.aws_sagemaker import CfnEndpointConfig

from pilotlight.spec import MetricsConfig


def metrics_property(said: MetricsConfig | None) -> CfnEndpointConfig.MetricsConfigProperty | None:
    """Give the property; nothing leaves the choice to SageMaker."""
    if said is None:
        return None
    return CfnEndpointConfig.MetricsConfigProperty(
        enable_enhanced_metrics=said.enhanced_metrics,
        enable_detailed_observability=said.detailed_observability,
        metric_publish_frequency_in_seconds=round(said.publish_frequency.total_seconds()),
    )
