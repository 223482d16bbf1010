"""A valid fleet file, and ways to break one constraint of it: path, value, what is wrong then."""

from __future__ import annotations

import copy
from typing import Any

VALID: dict[str, Any] = {
    "name": "starter",
    "endpoints": {
        "ocr": {
            "kind": "async",
            "model": {"framework": "scikit-learn", "version": "1.4-2", "source": "s3://models/ocr/"},
            "instance_type": "ml.m5.large",
        }
    },
}

OF_A_FLEET: list[tuple[str, Any, str]] = [
    ("name", "Starter", "not a name"),
    ("name", "", "not a name"),
    ("region", "moon-east-1", "unknown region"),
    ("account", "123", "not an account"),
    ("account", "12345678901x", "not an account"),
    ("stage", "Prod", "not a name"),
    ("max_hourly_cost", -1, "not an amount"),
    ("max_hourly_cost", 0.00001, "not an amount"),
    ("max_hourly_cost", True, "not an amount"),
    ("max_hourly_cost", "0.50", "not an amount"),
    ("tags.aws:cost", "x", "reserved tag key"),
    ("tags.pilotlight:fleet", "x", "reserved tag key"),
    ("tags.owner", "a;b", "character that tags cannot have"),
    ("tags.owner", "x" * 257, "tag value too long"),
    ("tags.owner", 3, "not text"),
    ("tag", {}, "unknown key"),
]

OF_AN_ENDPOINT: list[tuple[str, Any, str]] = [
    ("kind", "asynk", "unknown kind"),
    ("instance_type", "ml.m5.huge", "unknown instance type"),
    ("instance_type", None, "not text"),
    ("initial_instance_count", 0, "out of range"),
    ("initial_instance_count", 10**17, "out of range"),
    ("initial_instance_count", 1.5, "not a whole number"),
    ("initial_instance_count", "1", "not a whole number"),
    ("initial_instance_count", True, "not a whole number"),
    ("max_concurrent_invocations_per_instance", 0, "out of range"),
    ("max_concurrent_invocations_per_instance", 1001, "out of range"),
    ("model_data_download_timeout", "59s", "out of range"),
    ("model_data_download_timeout", "3601s", "out of range"),
    ("container_startup_health_check_timeout", "2h", "out of range"),
    ("container_startup_health_check_timeout", "10 min", "not a duration"),
    ("volume_size", "0GiB", "not a size"),
    ("volume_size", "513GiB", "out of range"),
    ("volume_size", "20GB", "not a size"),
    ("volume_size", 20, "not a size"),
    ("scaling.track", "cpu", "unknown value"),
    ("scaling.min_capacity", -1, "out of range"),
    ("scaling.max_capacity", 0, "too small"),
    ("scaling.max_capacity", 2**31, "out of range"),
    ("scaling.target_per_instance", 0, "too small"),
    ("scaling.target_per_instance", 2.0**361, "out of range"),
    ("scaling.scale_in_cooldown", 300, "not a duration"),
    ("scaling.scale_out_cooldown", "-1s", "not a duration"),
    ("scaling.wake_cooldown", "1h30m", "not a duration"),
    ("scaling.cooldown", "1s", "unknown key"),
    ("notify.status_table", 1, "neither true nor false"),
    ("notify.retention", "0s", "too short"),
    ("notify.include_inference_response_in", "success", "not a list"),
    ("alarms.failures", 0, "too small"),
    ("alarms.backlog_age", 3600, "not a duration"),
    ("alarms.backlog_age", "0s", "too short"),
    ("deployment.policy", "rollin", "unknown policy"),
    ("model.image", "ocr 1.4", "not the URI of an image"),
    ("model.image", "x" * 256, "not the URI of an image"),
    ("model.source", "s3://models/ocr", "neither a prefix nor a tarball"),
    ("model.source", "/srv/models/ocr", "not a source"),
    ("model.source", "https://example.org/ocr/", "not a source"),
    ("model.source", "no/such/directory", "no such directory"),
    ("model.environment.1A", "x", "not the name of a variable"),
    ("model.environment.A-B", "x", "not the name of a variable"),
    ("model.environment.WORKERS", 4, "not text"),
    ("model.environment.WORKERS", "x" * 1025, "too long"),
    ("model.network_isolation", "no", "neither true nor false"),
    ("tags.aws:cost", "x", "reserved tag key"),
]


def broken(document: dict[str, Any], path: list[str], value: Any) -> dict[str, Any]:
    """Give a copy of a fleet file with another value at one place."""
    document = copy.deepcopy(document)
    place = document
    for step in path[:-1]:
        if place.get(step) is None:
            place[step] = {}
        place = place[step]
    place[path[-1]] = value
    return document
