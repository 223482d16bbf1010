"""Reads endpoints of many models."""

from __future__ import annotations

from typing import Any, Final

from pilotlight.catalog import metrics
from pilotlight.catalog.multi_model import MODEL_MEMORY_VARIABLE
from pilotlight.catalog.naming import models_prefix
from pilotlight.spec import AnyScaling, ModelSpec, MultiModelAlarms, MultiModelSpec
from pilotlight.template.deployment import deployment_of
from pilotlight.template.hosted_endpoint import HostedEndpoint, looked_at
from pilotlight.template.kept_below import refuse_elsewhere
from pilotlight.template.model_container import container_of, environment_of, model_of
from pilotlight.template.multi_model_alarms import THRESHOLDS
from pilotlight.template.observed import observed
from pilotlight.template.on_instances import on_instances
from pilotlight.template.realtime_alarms import realtime_alarms
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.retained import refuse_other_retention
from pilotlight.template.said import Said, built
from pilotlight.template.scalable_target import (
    TRACKING,
    ScaledVariant,
    policy_part,
    scaled_variant,
    variant_id,
)
from pilotlight.template.tracked_metric import followed, read_metric
from pilotlight.template.variant_scaling import tracked
from pilotlight.template.warm_up import warm_up_of

MANY: Final = "MultiModel"
"""How a container hosts that loads models when somebody asks for them."""


def fits(resources: Resources, endpoint: Resource) -> bool:
    """Whether its container loads models when somebody asks for them, and callers wait."""
    config, models = looked_at(resources, endpoint)
    containers = [model.get("PrimaryContainer") for model in models]
    many = [isinstance(each, dict) and each.get("Mode") == MANY for each in containers]
    return len(models) == 1 and all(many) and "AsyncInferenceConfig" not in config


def read(hosted: HostedEndpoint) -> MultiModelSpec | None:
    """Read an endpoint of many models."""
    resources, variant = hosted.resources, hosted.variants[0]
    variant.part.leave("InitialVariantWeight")
    fields: dict[str, Any] = on_instances(MultiModelSpec, variant.part)
    instance_type = fields["instance_type"].value if fields["instance_type"] is not None else ""
    scaling, percent = _scaling(hosted, instance_type)
    known = {"EndpointName": hosted.name, "VariantName": variant.name}
    alarms, found = realtime_alarms(resources, MultiModelAlarms, known, hosted.endpoint.place, THRESHOLDS)
    refuse_other_retention(hosted.endpoint, scaled=scaling is not None)
    return built(
        MultiModelSpec,
        resources.notes,
        hosted.endpoint.place,
        **fields,
        **observed(hosted),
        **_models(hosted),
        scaling=scaling,
        gpu_memory_percent=percent,
        warm_up=warm_up_of(
            resources,
            hosted.name,
            scaling=scaling,
            instance_type=instance_type,
            gpu_memory_percent=None if percent is None else percent.value,
        ),
        alarms=alarms,
        deployment=deployment_of(resources, hosted.endpoint, found.get("server_error_percent")),
    )


def _models(hosted: HostedEndpoint) -> dict[str, Any]:
    """Read the container, and what it says of the models that it loads."""
    model = hosted.variants[0].model
    container = None if model is None else container_of(model)
    if model is None or container is None:
        return {"model": None}
    refuse_elsewhere(container, "ModelDataUrl", models_prefix(hosted.key))
    config = container.part("MultiModelConfig")
    environment = environment_of(container)
    memory = environment.pop(MODEL_MEMORY_VARIABLE, "")
    if not memory.isascii() or not memory.isdigit():
        environment |= {MODEL_MEMORY_VARIABLE: memory} if memory else {}
        memory = ""
    read: ModelSpec | None = model_of(
        hosted.resources, model, mode=MANY, environment=environment, source=None
    )
    return {
        "model": read,
        "model_cache_setting": None if config is None else config.text("ModelCacheSetting"),
        "model_memory": Said(int(memory), container.place) if memory else None,
    }


def _scaling(hosted: HostedEndpoint, instance_type: str) -> tuple[AnyScaling | None, Said[float] | None]:
    """Read what scales it, and how full the GPU memory may be before an instance is added."""
    name, variant = hosted.name, hosted.variants[0].name
    scaled = scaled_variant(hosted.resources, variant_id(name, variant))
    if scaled is None:
        return None, None
    dimensions = {"EndpointName": name, "VariantName": variant}
    memory = _memory_policy(scaled, dimensions)
    percent = None if memory is None else _percent(memory)
    return tracked(scaled, dimensions, instance_type, *(() if memory is None else (memory,))), percent


def _memory_policy(scaled: ScaledVariant, dimensions: dict[str, Any]) -> Resource | None:
    """Find the policy that only ever adds instances, beside one that scales or the clock."""
    policies = scaled.of_type(TRACKING)
    if len(policies) <= 1 and not scaled.schedule:
        return None
    for policy in policies:
        written = policy.part.look("TargetTrackingScalingPolicyConfiguration")
        tracking = policy.part.part("TargetTrackingScalingPolicyConfiguration")
        fact = followed(tracking, dimensions)
        if (
            fact == metrics.GPU_MEMORY_UTILIZATION
            and written.get("DisableScaleIn") in (True, "true")
            and not {"ScaleInCooldown", "ScaleOutCooldown"} & written.keys()
        ):
            return policy
    return None


def _percent(policy: Resource) -> Said[float] | None:
    tracking = policy_part(policy).part("TargetTrackingScalingPolicyConfiguration")
    if tracking is None:
        return None
    tracking.leave("DisableScaleIn")
    read_metric(tracking, metrics.GPU_MEMORY_UTILIZATION)
    return tracking.number("TargetValue")
