"""Writes the endpoint configuration of an asynchronous endpoint in CloudFormation's words."""

from __future__ import annotations

from typing import Final

from aws_cdk import aws_sns as sns
from aws_cdk.aws_sagemaker import CfnEndpointConfig
from constructs import Construct

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import AsyncSpec
from pilotlight_cdk.core_dumps import CoreDumps
from pilotlight_cdk.instance_variant import instance_variant
from pilotlight_cdk.metrics_property import metrics_property
from pilotlight_cdk.placed_variant import PlacedVariant
from pilotlight_cdk.request_storage import RequestStorage
from pilotlight_cdk.volume_key import volume_key_arn

TOPIC_WORDS: Final = {"success": "SUCCESS_NOTIFICATION_TOPIC", "error": "ERROR_NOTIFICATION_TOPIC"}


def build_endpoint_config(
    scope: Construct,
    id: str,
    *,
    spec: AsyncSpec,
    placed: PlacedVariant,
    storage: RequestStorage,
    success_topic: sns.ITopic,
    error_topic: sns.ITopic,
    core_dumps: CoreDumps | None,
) -> CfnEndpointConfig:
    """Create the configuration. It has no name: any change replaces it, and a fixed name would collide."""
    return CfnEndpointConfig(
        scope,
        id,
        production_variants=[
            instance_variant(
                spec,
                name=VARIANT_NAME,
                model_name=placed.model.model_name,
                count=spec.initial_instance_count,
                pool_models=placed.pool_models,
                core_dumps=core_dumps,
            )
        ],
        async_inference_config=CfnEndpointConfig.AsyncInferenceConfigProperty(
            client_config=_client_config(spec),
            output_config=CfnEndpointConfig.AsyncInferenceOutputConfigProperty(
                s3_output_path=storage.output_uri,
                s3_failure_path=storage.failure_uri,
                kms_key_id=storage.key.key_arn,
                notification_config=CfnEndpointConfig.AsyncInferenceNotificationConfigProperty(
                    success_topic=success_topic.topic_arn,
                    error_topic=error_topic.topic_arn,
                    include_inference_response_in=_included(spec),
                ),
            ),
        ),
        metrics_config=metrics_property(spec.metrics_config),
        kms_key_id=volume_key_arn(storage.key, spec.instance_types),
    )


def _client_config(spec: AsyncSpec) -> CfnEndpointConfig.AsyncInferenceClientConfigProperty | None:
    concurrency = spec.max_concurrent_invocations_per_instance
    if concurrency is None:
        return None
    return CfnEndpointConfig.AsyncInferenceClientConfigProperty(
        max_concurrent_invocations_per_instance=concurrency
    )


def _included(spec: AsyncSpec) -> list[str] | None:
    return [TOPIC_WORDS[which] for which in spec.notify.include_inference_response_in] or None
