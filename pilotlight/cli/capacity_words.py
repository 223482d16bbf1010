"""Says in words what capacity something of an endpoint has."""

from __future__ import annotations

from typing import Any

Seen = dict[str, Any]


def variant_words(variant: Seen) -> str:
    """A variant: its instances, or its containers where there are no instances."""
    concurrency = variant.get("concurrency")
    if concurrency is None:
        counts = f"{variant['current_instance_count']} of {variant['desired_instance_count']} instances"
        return f"variant {variant['name']}: {counts}"
    now, wanted = concurrency["current"], concurrency["desired"]
    provisioned = f"{now['provisioned_concurrency']} of {wanted['provisioned_concurrency']} provisioned"
    size = f"at most {now['max_concurrency']} requests at a time, {now['memory_mb']} MB"
    warm = f"serverless, {concurrency['running']} containers warm"
    return f"variant {variant['name']}: {warm}, {provisioned}, {size}"


def component_words(component: Seen) -> str:
    """An inference component: its state and its copies."""
    copies = f"{component['current_copies']} of {component['desired_copies']} copies"
    return f"component {component['name']} on {component['variant']}: {component['status']}, {copies}"


def container_words(container: Seen) -> str:
    """Whose container it is: the variant's, and among several there, which one."""
    part = container.get("part")
    return f"container of {container['variant']}" + (f", {part}" if part else "")


def resource_words(resource: str) -> str:
    """What scaling changed, by the id of a scalable target."""
    kind, name, *variant = resource.split("/")
    return name if kind == "inference-component" else f"{name}, {variant[-1]}"
