"""The fleet as data: what a fleet file may say, read, checked, resolved and priced."""

from __future__ import annotations

from pilotlight.spec.adapter import AdapterSpec
from pilotlight.spec.alarms import AsyncAlarms
from pilotlight.spec.async_endpoint import AsyncSpec
from pilotlight.spec.batch_transform import BatchTransformSpec
from pilotlight.spec.build import build
from pilotlight.spec.capacity import Capacity
from pilotlight.spec.component_alarms import ComponentAlarms
from pilotlight.spec.component_deployment import AnyComponentDeployment, RollingCopiesDeployment
from pilotlight.spec.component_scaling import (
    AnyCopyScaling,
    CopyConcurrencyScaling,
    CopyInvocationScaling,
    CopyScheduleScaling,
    ScheduledCopies,
)
from pilotlight.spec.container import ContainerSpec, StepSpec
from pilotlight.spec.cost_limit import cost_refusals, usd
from pilotlight.spec.data_capture import DataCapture
from pilotlight.spec.deployment import (
    AllAtOnceDeployment,
    BlueGreenDeployment,
    CanaryDeployment,
    Deployment,
    LinearDeployment,
    RollingDeployment,
)
from pilotlight.spec.dump import fleet_yaml
from pilotlight.spec.duration import Duration
from pilotlight.spec.endpoint import EndpointSpec
from pilotlight.spec.fleet import FleetSpec
from pilotlight.spec.fleet_file import FleetFile
from pilotlight.spec.hourly_cost import CostLine, HourlyCost, hourly_cost
from pilotlight.spec.image import EcrImage
from pilotlight.spec.inference_component import InferenceComponentSpec
from pilotlight.spec.inference_component_endpoint import InferenceComponentEndpointSpec
from pilotlight.spec.instance_pool import InstancePoolSpec
from pilotlight.spec.jumpstart_lock import JumpStartLock, load_lock
from pilotlight.spec.jumpstart_resolve import with_locked_models
from pilotlight.spec.load import load_fleet, load_fleet_file
from pilotlight.spec.managed_instance_scaling import ManagedInstanceScaling
from pilotlight.spec.memory import Memory
from pilotlight.spec.metrics_config import MetricsConfig
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.multi_container_endpoint import MultiContainerSpec
from pilotlight.spec.multi_model_alarms import MultiModelAlarms
from pilotlight.spec.multi_model_endpoint import MultiModelSpec
from pilotlight.spec.network import NetworkSpec
from pilotlight.spec.notify import Notify
from pilotlight.spec.pipeline_endpoint import PipelineSpec
from pilotlight.spec.realtime_alarms import RealtimeAlarms
from pilotlight.spec.realtime_endpoint import RealtimeSpec
from pilotlight.spec.realtime_scaling import (
    AnyScaling,
    ConcurrencyScaling,
    InvocationScaling,
    ScheduleScaling,
    UtilizationScaling,
)
from pilotlight.spec.refusal import FleetRefused, Refusal
from pilotlight.spec.resolve import resolved
from pilotlight.spec.scaling import BacklogScaling
from pilotlight.spec.scheduled_capacity import ScheduledCapacity
from pilotlight.spec.schema import fleet_json_schema
from pilotlight.spec.serverless_alarms import ServerlessAlarms
from pilotlight.spec.serverless_endpoint import ServerlessSpec
from pilotlight.spec.serverless_model import ServerlessModelSpec
from pilotlight.spec.serverless_scaling import AnyServerlessScaling, ProvisionedConcurrencyScaling
from pilotlight.spec.size import Size
from pilotlight.spec.transform_alarms import TransformAlarms, TransformNotify
from pilotlight.spec.transform_data import DataProcessing, TransformInput, TransformOutput
from pilotlight.spec.transform_retries import Retry, TransformRetries
from pilotlight.spec.transform_schedule import TransformSchedule
from pilotlight.spec.variant import ShadowVariantSpec, VariantSpec
from pilotlight.spec.warm_up import WarmUpSample, WarmUpSpec, warm_up_bounds, warm_up_memory

__all__ = [
    "AdapterSpec",
    "AllAtOnceDeployment",
    "AnyComponentDeployment",
    "AnyCopyScaling",
    "AnyScaling",
    "AnyServerlessScaling",
    "AsyncAlarms",
    "AsyncSpec",
    "BacklogScaling",
    "BatchTransformSpec",
    "BlueGreenDeployment",
    "CanaryDeployment",
    "Capacity",
    "ComponentAlarms",
    "ConcurrencyScaling",
    "ContainerSpec",
    "CopyConcurrencyScaling",
    "CopyInvocationScaling",
    "CopyScheduleScaling",
    "CostLine",
    "DataCapture",
    "DataProcessing",
    "Deployment",
    "Duration",
    "EcrImage",
    "EndpointSpec",
    "FleetFile",
    "FleetRefused",
    "FleetSpec",
    "HourlyCost",
    "InferenceComponentEndpointSpec",
    "InferenceComponentSpec",
    "InstancePoolSpec",
    "InvocationScaling",
    "JumpStartLock",
    "LinearDeployment",
    "ManagedInstanceScaling",
    "Memory",
    "MetricsConfig",
    "ModelSpec",
    "MultiContainerSpec",
    "MultiModelAlarms",
    "MultiModelSpec",
    "NetworkSpec",
    "Notify",
    "PipelineSpec",
    "ProvisionedConcurrencyScaling",
    "RealtimeAlarms",
    "RealtimeSpec",
    "Refusal",
    "Retry",
    "RollingCopiesDeployment",
    "RollingDeployment",
    "ScheduleScaling",
    "ScheduledCapacity",
    "ScheduledCopies",
    "ServerlessAlarms",
    "ServerlessModelSpec",
    "ServerlessSpec",
    "ShadowVariantSpec",
    "Size",
    "StepSpec",
    "TransformAlarms",
    "TransformInput",
    "TransformNotify",
    "TransformOutput",
    "TransformRetries",
    "TransformSchedule",
    "UtilizationScaling",
    "VariantSpec",
    "WarmUpSample",
    "WarmUpSpec",
    "build",
    "cost_refusals",
    "fleet_json_schema",
    "fleet_yaml",
    "hourly_cost",
    "load_fleet",
    "load_fleet_file",
    "load_lock",
    "resolved",
    "usd",
    "warm_up_bounds",
    "warm_up_memory",
    "with_locked_models",
]
