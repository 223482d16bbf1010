"""Creates the endpoint itself, of any kind."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk.aws_sagemaker import CfnEndpoint, CfnEndpointConfig
from aws_cdk.interfaces.aws_cloudwatch import IAlarmRef
from constructs import Construct

from pilotlight.spec import Deployment
from pilotlight_cdk.deployment_config import deployment_config


def build_endpoint(
    scope: Construct,
    id: str,
    *,
    endpoint_name: str,
    config: CfnEndpointConfig,
    scaled: bool,
    deployment: Deployment | None,
    rollback_alarms: Sequence[IAlarmRef],
) -> CfnEndpoint:
    """Create an endpoint that keeps, across updates, the capacity that scaling chose.

    Args:
        scope: the construct of the endpoint.
        id: construct id.
        endpoint_name: a literal.
        config: what it runs.
        scaled: whether anything scales it.
        deployment: how an update replaces instances; None leaves it to SageMaker.
        rollback_alarms: take an update back.
    """
    return CfnEndpoint(
        scope,
        id,
        endpoint_name=endpoint_name,
        endpoint_config_name=config.attr_endpoint_config_name,
        # else an update resets the capacity that scaling chose
        retain_all_variant_properties=True if scaled else None,
        deployment_config=deployment_config(deployment, rollback_alarms),
    )
