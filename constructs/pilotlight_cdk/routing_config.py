"""Writes which instance takes a request in CloudFormation's words."""

from __future__ import annotations

from aws_cdk.aws_sagemaker import CfnEndpointConfig

from pilotlight.spec.routed import Routed


def routing_config(spec: Routed) -> CfnEndpointConfig.RoutingConfigProperty:
    """Give the strategy, and the numbers of the one that has some."""
    prefix = None
    if spec.prefix_length is not None and spec.concurrency_threshold is not None:
        prefix = CfnEndpointConfig.PrefixAwareRoutingConfigProperty(
            prefix_length=spec.prefix_length, concurrency_threshold=spec.concurrency_threshold
        )
    return CfnEndpointConfig.RoutingConfigProperty(
        routing_strategy=spec.routing_strategy, prefix_aware_routing_config=prefix
    )
