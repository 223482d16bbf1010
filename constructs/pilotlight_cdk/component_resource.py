"""Writes an inference component in CloudFormation's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aws_cdk.aws_sagemaker import CfnInferenceComponent
from aws_cdk.interfaces.aws_cloudwatch import IAlarmRef
from constructs import Construct

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.spec import AnyComponentDeployment, InferenceComponentSpec, RollingDeployment
from pilotlight_cdk.bound_container import BoundContainer
from pilotlight_cdk.in_seconds import in_seconds


def build_component(
    scope: Construct,
    id: str,
    *,
    name: str,
    endpoint_name: str,
    spec: InferenceComponentSpec,
    model_name: str | None,
    container: BoundContainer | None,
    rollback_alarms: Sequence[IAlarmRef],
) -> CfnInferenceComponent:
    """Create a component with copies of its own; it has a model, or a container.

    Args:
        scope: the construct of the component.
        id: construct id.
        name: of the component, a literal.
        endpoint_name: a literal.
        spec: what each copy needs.
        model_name: as CloudFormation named the model.
        container: image, tarball and variables.
        rollback_alarms: take an update back.
    """
    properties = CfnInferenceComponent
    return CfnInferenceComponent(
        scope,
        id,
        inference_component_name=name,
        endpoint_name=endpoint_name,
        variant_name=VARIANT_NAME,
        specification=properties.InferenceComponentSpecificationProperty(
            model_name=model_name,
            container=None if container is None else _container(container),
            compute_resource_requirements=_needs(spec),
            data_cache_config=None
            if spec.data_cache is None
            else properties.InferenceComponentDataCacheConfigProperty(enable_caching=spec.data_cache),
            scheduling_config=_scheduling(spec),
            startup_parameters=_startup(spec),
        ),
        runtime_config=properties.InferenceComponentRuntimeConfigProperty(copy_count=spec.copies),
        deployment_config=_deployment(spec.deployment, rollback_alarms),
    )


def build_adapter(
    scope: Construct, id: str, *, name: str, endpoint_name: str, base: str, artifact_uri: str
) -> CfnInferenceComponent:
    """Create an adapter: it reserves nothing, and the copies of its base load it."""
    properties = CfnInferenceComponent
    return CfnInferenceComponent(
        scope,
        id,
        inference_component_name=name,
        endpoint_name=endpoint_name,
        specification=properties.InferenceComponentSpecificationProperty(
            base_inference_component_name=base,
            container=properties.InferenceComponentContainerSpecificationProperty(artifact_url=artifact_uri),
        ),
    )


def _container(
    container: BoundContainer,
) -> CfnInferenceComponent.InferenceComponentContainerSpecificationProperty:
    return CfnInferenceComponent.InferenceComponentContainerSpecificationProperty(
        image=container.image.uri,
        artifact_url=container.files.get("model_data_url"),
        environment=container.environment or None,
    )


def _needs(
    spec: InferenceComponentSpec,
) -> CfnInferenceComponent.InferenceComponentComputeResourceRequirementsProperty:
    return CfnInferenceComponent.InferenceComponentComputeResourceRequirementsProperty(
        min_memory_required_in_mb=spec.memory,
        max_memory_required_in_mb=spec.max_memory,
        number_of_accelerator_devices_required=spec.accelerators,
        number_of_cpu_cores_required=spec.cores,
    )


def _scheduling(
    spec: InferenceComponentSpec,
) -> CfnInferenceComponent.InferenceComponentSchedulingConfigProperty | None:
    """CloudFormation demands both parts; the API demands the strategy only."""
    if spec.placement_strategy is None:
        return None
    properties = CfnInferenceComponent
    return properties.InferenceComponentSchedulingConfigProperty(
        placement_strategy=spec.placement_strategy,
        availability_zone_balance=properties.InferenceComponentAvailabilityZoneBalanceProperty(
            enforcement_mode="PERMISSIVE", max_imbalance=spec.max_imbalance
        ),
    )


def _startup(
    spec: InferenceComponentSpec,
) -> CfnInferenceComponent.InferenceComponentStartupParametersProperty | None:
    download = in_seconds(spec.model_data_download_timeout)
    start = in_seconds(spec.container_startup_health_check_timeout)
    if download is None and start is None:
        return None
    return CfnInferenceComponent.InferenceComponentStartupParametersProperty(
        model_data_download_timeout_in_seconds=download,
        container_startup_health_check_timeout_in_seconds=start,
    )


def _deployment(
    deployment: AnyComponentDeployment | None, rollback_alarms: Sequence[IAlarmRef]
) -> CfnInferenceComponent.InferenceComponentDeploymentConfigProperty | None:
    if deployment is None:
        return None
    properties = CfnInferenceComponent
    alarms = [properties.AlarmProperty(alarm_name=each.alarm_ref.alarm_name) for each in rollback_alarms]
    return properties.InferenceComponentDeploymentConfigProperty(
        rolling_update_policy=properties.InferenceComponentRollingUpdatePolicyProperty(
            **_batches(deployment),
            wait_interval_in_seconds=in_seconds(deployment.wait_interval),
            maximum_execution_timeout_in_seconds=in_seconds(deployment.maximum_execution_timeout),
        ),
        auto_rollback_configuration=properties.AutoRollbackConfigurationProperty(alarms=alarms)
        if alarms
        else None,
    )


def _batches(deployment: AnyComponentDeployment) -> dict[str, Any]:
    if isinstance(deployment, RollingDeployment):
        unit = "CAPACITY_PERCENT"
        sizes = (deployment.maximum_batch_percent, deployment.rollback_maximum_batch_percent)
    else:
        unit = "COPY_COUNT"
        sizes = (deployment.maximum_batch_copies, deployment.rollback_maximum_batch_copies)
    size = CfnInferenceComponent.InferenceComponentCapacitySizeProperty
    largest, back = (None if value is None else size(type=unit, value=value) for value in sizes)
    return {"maximum_batch_size": largest, "rollback_maximum_batch_size": back}
