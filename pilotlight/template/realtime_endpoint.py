"""Reads endpoints that answer at once, on instances that stay."""

from __future__ import annotations

from typing import Any

from pilotlight.catalog.naming import SHADOW_VARIANT_NAME
from pilotlight.spec import RealtimeAlarms, RealtimeSpec, ShadowVariantSpec, VariantSpec
from pilotlight.template.data_capture import data_capture
from pilotlight.template.deployment import deployment_of
from pilotlight.template.hosted_endpoint import HostedEndpoint, HostedVariant, looked_at
from pilotlight.template.instance_pools import instance_pools
from pilotlight.template.model_container import model_of
from pilotlight.template.observed import observed
from pilotlight.template.on_instances import on_instances, same_as
from pilotlight.template.realtime_alarms import ON_FAILURES, realtime_alarms
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.retained import refuse_other_retention
from pilotlight.template.routing import routing
from pilotlight.template.said import built
from pilotlight.template.variant_scaling import variant_scaling
from pilotlight.template.warm_up import warm_up_of


def fits(resources: Resources, endpoint: Resource) -> bool:
    """Whether every variant runs one container of one model on instances, and callers wait."""
    config, models = looked_at(resources, endpoint)
    variants = config.get("ProductionVariants", ())
    on_machines = all({"InstanceType", "InstancePools"} & each.keys() for each in variants)
    single = all(_is_single(model) for model in models)
    return bool(models) and on_machines and single and "AsyncInferenceConfig" not in config


def read(hosted: HostedEndpoint) -> RealtimeSpec | None:
    """Read a real-time endpoint."""
    resources = hosted.resources
    own, *others = hosted.variants
    alarms, found = _alarms(hosted, own)
    watching = [found.get(ON_FAILURES)]
    variants = {each.name: _further(hosted, own, each, alarms, watching) for each in others}
    fields = _hosted(hosted, own, RealtimeSpec) | routing(own.part)
    scaled = fields["scaling"] is not None or any(each and each.scaling for each in variants.values())
    refuse_other_retention(hosted.endpoint, scaled=scaled)
    return built(
        RealtimeSpec,
        resources.notes,
        hosted.endpoint.place,
        **fields,
        variants={name: each for name, each in variants.items() if each is not None},
        shadow_variant=_shadow(hosted, own),
        **observed(hosted),
        data_capture=data_capture(resources, hosted.config, hosted.key),
        warm_up=warm_up_of(resources, hosted.name, scaling=fields["scaling"], instance_type=_type(fields)),
        alarms=alarms,
        deployment=deployment_of(resources, hosted.endpoint, *watching),
    )


def _is_single(model: Any) -> bool:
    primary = model.get("PrimaryContainer")
    several = model.get("Containers")
    one = isinstance(primary, dict) or (isinstance(several, list) and len(several) == 1)
    return one and not (isinstance(primary, dict) and primary.get("Mode") == "MultiModel")


def _hosted(hosted: HostedEndpoint, variant: HostedVariant, spec: Any) -> dict[str, Any]:
    """Read what a variant says itself, whether it is the endpoint's own or a further one."""
    fields: dict[str, Any] = on_instances(spec, variant.part)
    weight = variant.part.number("InitialVariantWeight")
    return fields | {
        "model": model_of(hosted.resources, variant.model),
        "scaling": variant_scaling(hosted.resources, hosted.name, variant.name, _type(fields)),
        "weight": weight,
        "instance_pools": instance_pools(hosted.resources, variant.part),
    }


def _shadow(hosted: HostedEndpoint, own: HostedVariant) -> ShadowVariantSpec | None:
    """Read what is sent copies of requests: one at most, and SageMaker has no other."""
    for shadow in hosted.shadows:
        shadow.part.only("VariantName", SHADOW_VARIANT_NAME)
        shadow.part.only("RoutingConfig", own.part.look("RoutingConfig"))
        fields = _hosted(hosted, shadow, ShadowVariantSpec)
        if fields.pop("scaling") is not None:
            hosted.resources.notes.note(shadow.part.place, "a fleet does not scale a shadow")
        return built(ShadowVariantSpec, hosted.resources.notes, shadow.part.place, **fields)
    return None


def _type(fields: dict[str, Any]) -> str:
    said = fields["instance_type"]
    return "" if said is None else str(said.value)


def _further(
    hosted: HostedEndpoint,
    own: HostedVariant,
    variant: HostedVariant,
    alarms: RealtimeAlarms | None,
    watching: list[Resource | None],
) -> VariantSpec | None:
    """Read a further variant; its alarm on failures joins those of the others, which are `watching`."""
    same_as(own.part, variant.part, VariantSpec)
    variant.part.only("RoutingConfig", own.part.look("RoutingConfig"))
    theirs, found = _alarms(hosted, variant)
    watching.append(found.get(ON_FAILURES))
    if theirs != alarms:
        hosted.resources.notes.note(
            variant.part.place, "its alarms are not those of the endpoint's own variant"
        )
    return built(
        VariantSpec, hosted.resources.notes, variant.part.place, **_hosted(hosted, variant, VariantSpec)
    )


def _alarms(
    hosted: HostedEndpoint, variant: HostedVariant
) -> tuple[RealtimeAlarms | None, dict[str, Resource]]:
    known = {"EndpointName": hosted.name, "VariantName": variant.name}
    return realtime_alarms(hosted.resources, RealtimeAlarms, known, hosted.endpoint.place)
