"""SageMaker endpoints as CDK constructs that sleep at zero and wake on the first request."""

from __future__ import annotations

import pilotlight_cdk.node  # noqa: F401 - first: aws_cdk starts Node as soon as it is imported
from pilotlight.catalog.naming import AsyncPrefixes, TransformPrefixes
from pilotlight.spec import (
    AllAtOnceDeployment,
    AsyncAlarms,
    BacklogScaling,
    CanaryDeployment,
    ComponentAlarms,
    ConcurrencyScaling,
    CopyConcurrencyScaling,
    CopyInvocationScaling,
    CopyScheduleScaling,
    DataCapture,
    DataProcessing,
    FleetRefused,
    InvocationScaling,
    JumpStartLock,
    LinearDeployment,
    ManagedInstanceScaling,
    MetricsConfig,
    MultiModelAlarms,
    Notify,
    ProvisionedConcurrencyScaling,
    RealtimeAlarms,
    Retry,
    RollingCopiesDeployment,
    RollingDeployment,
    ScheduledCapacity,
    ScheduledCopies,
    ScheduleScaling,
    ServerlessAlarms,
    TransformAlarms,
    TransformInput,
    TransformNotify,
    TransformOutput,
    TransformRetries,
    TransformSchedule,
    UtilizationScaling,
    WarmUpSample,
    WarmUpSpec,
)
from pilotlight_cdk.alarm_topic import AlarmTopic
from pilotlight_cdk.async_endpoint import AsyncEndpoint
from pilotlight_cdk.batch_transform import BatchTransform
from pilotlight_cdk.batch_transform_alarms import BatchTransformAlarms
from pilotlight_cdk.completion_pipeline import CompletionPipeline
from pilotlight_cdk.component_alarms import InferenceComponentAlarms
from pilotlight_cdk.component_scaling import ComponentScaling
from pilotlight_cdk.container import Container
from pilotlight_cdk.container_model import ContainerModel
from pilotlight_cdk.customer_key import CustomerKey
from pilotlight_cdk.data_bucket import DataBucket
from pilotlight_cdk.endpoint_alarms import EndpointAlarms
from pilotlight_cdk.fleet_dashboard import FleetDashboard
from pilotlight_cdk.inference_component import AdapterComponent, InferenceComponent
from pilotlight_cdk.inference_component_endpoint import InferenceComponentEndpoint
from pilotlight_cdk.instance_pool import InstancePool
from pilotlight_cdk.jumpstart_model import JumpStartModel
from pilotlight_cdk.metric_of import MetricOptions
from pilotlight_cdk.model import Model
from pilotlight_cdk.model_artifact import ModelArtifact
from pilotlight_cdk.model_image import ModelImage
from pilotlight_cdk.model_store import ModelStore
from pilotlight_cdk.multi_container_endpoint import MultiContainerEndpoint
from pilotlight_cdk.multi_model_alarms import MultiModelEndpointAlarms
from pilotlight_cdk.multi_model_endpoint import MultiModelEndpoint
from pilotlight_cdk.multi_model_scaling import MultiModelScaling
from pilotlight_cdk.named_endpoint import EndpointByName, NamedEndpoint
from pilotlight_cdk.notification_topic import NotificationTopic
from pilotlight_cdk.pipeline_endpoint import PipelineEndpoint
from pilotlight_cdk.realtime_alarms import RealtimeEndpointAlarms
from pilotlight_cdk.realtime_endpoint import RealtimeEndpoint
from pilotlight_cdk.serverless_alarms import ServerlessEndpointAlarms
from pilotlight_cdk.serverless_endpoint import ServerlessEndpoint
from pilotlight_cdk.serverless_scaling import ServerlessScaling
from pilotlight_cdk.sleep_and_wake import SleepAndWake
from pilotlight_cdk.status_table import StatusTable
from pilotlight_cdk.transform_starter import TransformStarter
from pilotlight_cdk.variant import ShadowVariant, Variant
from pilotlight_cdk.variant_scaling import VariantScaling
from pilotlight_cdk.warm_up import WarmUp

__all__ = [
    "AdapterComponent",
    "AlarmTopic",
    "AllAtOnceDeployment",
    "AsyncAlarms",
    "AsyncEndpoint",
    "AsyncPrefixes",
    "BacklogScaling",
    "BatchTransform",
    "BatchTransformAlarms",
    "CanaryDeployment",
    "CompletionPipeline",
    "ComponentAlarms",
    "ComponentScaling",
    "ConcurrencyScaling",
    "Container",
    "ContainerModel",
    "CopyConcurrencyScaling",
    "CopyInvocationScaling",
    "CopyScheduleScaling",
    "CustomerKey",
    "DataBucket",
    "DataCapture",
    "DataProcessing",
    "EndpointAlarms",
    "EndpointByName",
    "FleetDashboard",
    "FleetRefused",
    "InferenceComponent",
    "InferenceComponentAlarms",
    "InferenceComponentEndpoint",
    "InstancePool",
    "InvocationScaling",
    "JumpStartLock",
    "JumpStartModel",
    "LinearDeployment",
    "ManagedInstanceScaling",
    "MetricOptions",
    "MetricsConfig",
    "Model",
    "ModelArtifact",
    "ModelImage",
    "ModelStore",
    "MultiContainerEndpoint",
    "MultiModelAlarms",
    "MultiModelEndpoint",
    "MultiModelEndpointAlarms",
    "MultiModelScaling",
    "NamedEndpoint",
    "NotificationTopic",
    "Notify",
    "PipelineEndpoint",
    "ProvisionedConcurrencyScaling",
    "RealtimeAlarms",
    "RealtimeEndpoint",
    "RealtimeEndpointAlarms",
    "Retry",
    "RollingCopiesDeployment",
    "RollingDeployment",
    "ScheduleScaling",
    "ScheduledCapacity",
    "ScheduledCopies",
    "ServerlessAlarms",
    "ServerlessEndpoint",
    "ServerlessEndpointAlarms",
    "ServerlessScaling",
    "ShadowVariant",
    "SleepAndWake",
    "StatusTable",
    "TransformAlarms",
    "TransformInput",
    "TransformNotify",
    "TransformOutput",
    "TransformPrefixes",
    "TransformRetries",
    "TransformSchedule",
    "TransformStarter",
    "UtilizationScaling",
    "Variant",
    "VariantScaling",
    "WarmUp",
    "WarmUpSample",
    "WarmUpSpec",
]
