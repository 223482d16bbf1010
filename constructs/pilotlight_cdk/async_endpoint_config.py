"""Writes the endpoint configuration of an asynchronous endpoint in CloudFormation's words."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk.aws_sagemaker import CfnEndpointConfig
from constructs import Construct

from pilotlight.catalog.instance_types import has_local_nvme
from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import AsyncSpec
from pilotlight_cdk.request_storage import RequestStorage

TOPIC_WORDS: Final = {"success": "SUCCESS_NOTIFICATION_TOPIC", "error": "ERROR_NOTIFICATION_TOPIC"}


def build_endpoint_config(
    scope: Construct,
    id: str,
    *,
    spec: AsyncSpec,
    model_name: str,
    storage: RequestStorage,
    success_topic: sns.ITopic,
    error_topic: sns.ITopic,
) -> CfnEndpointConfig:
    """Create the configuration. It has no name: any change replaces it, and a fixed name would collide."""
    return CfnEndpointConfig(
        scope,
        id,
        production_variants=[_variant(spec, model_name)],
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
        kms_key_id=_volume_key_arn(spec.instance_type, storage.key),
    )


def _variant(spec: AsyncSpec, model_name: str) -> CfnEndpointConfig.ProductionVariantProperty:
    return CfnEndpointConfig.ProductionVariantProperty(
        variant_name=VARIANT_NAME,
        model_name=model_name,
        instance_type=spec.instance_type,
        initial_instance_count=spec.initial_instance_count,
        initial_variant_weight=1,
        model_data_download_timeout_in_seconds=_seconds(spec.model_data_download_timeout),
        container_startup_health_check_timeout_in_seconds=_seconds(
            spec.container_startup_health_check_timeout
        ),
        volume_size_in_gb=spec.volume_size,
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


def _volume_key_arn(instance_type: str, key: kms.IKey) -> str | None:
    """Give the key of the storage volumes; local NVMe disks are encrypted by the hardware, not by it."""
    return None if has_local_nvme(instance_type) else key.key_arn


def _seconds(duration: timedelta | None) -> int | None:
    return None if duration is None else round(duration.total_seconds())
