"""Writes the state of an embedded AWS for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Seen = dict[str, Any]


def lines_of(seen: Seen) -> Iterator[str]:
    """The overview in lines: the server, each endpoint with its containers, alarms, activities."""
    server = seen["server"]
    started = f"time scale {server['time_scale']:g}, since {server['started']}"
    yield f"embedded AWS at {server['endpoint_url']}, {started}"
    for endpoint in seen["endpoints"]:
        yield from _endpoint(endpoint)
    if not seen["endpoints"]:
        yield "no endpoints (deploy some with: pilotlight local deploy)"
    for alarm in seen["alarms"]:
        yield f"alarm {alarm['name']}: {alarm['state']}"
    for activity in seen["activities"]:
        yield f"{activity['started']} {activity['resource']}: {activity['description']} {activity['status']}"


def _endpoint(endpoint: Seen) -> Iterator[str]:
    state = "awake" if endpoint["awake"] else "asleep"
    yield f"endpoint {endpoint['name']}: {endpoint['status']}, {state}, backlog {endpoint['backlog']}"
    if endpoint["failure_reason"] is not None:
        yield f"  {endpoint['failure_reason']}"
    for variant in endpoint["variants"]:
        counts = f"{variant['current_instance_count']} of {variant['desired_instance_count']} instances"
        yield f"  variant {variant['name']}: {counts}"
    for container in endpoint["containers"]:
        ready = "ready" if container["ready"] else "starting"
        where = f"process {container['pid']}, port {container['port']}, {container['image']}"
        yield f"  container of {container['variant']} ({container['label']}): {ready}, {where}"
        if container["note"]:
            yield f"    {container['note']}"
