"""What SageMaker refuses about a model beyond the shape of the request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pilotlight.catalog.limits import ENVIRONMENT_TOTAL


def model_faults(request: Mapping[str, Any]) -> list[str]:
    """Every fault, in one pass (botocore, CreateModel and ContainerDefinition)."""
    primary = request.get("PrimaryContainer")
    listed = request.get("Containers", [])
    containers = listed if primary is None else [primary, *listed]
    found = [*_which_containers(primary, listed), *_hostnames(containers), *_execution(request, containers)]
    found += _environment(containers)
    for container in containers:
        found += _container_faults(container)
    return found


def _which_containers(primary: Mapping[str, Any] | None, listed: list[Mapping[str, Any]]) -> list[str]:
    if primary is not None and listed:
        return ["PrimaryContainer and Containers cannot both be specified"]
    if primary is None and not listed:
        return ["one of PrimaryContainer and Containers must be specified"]
    return []


def _container_faults(container: Mapping[str, Any]) -> list[str]:
    found = []
    if "Image" not in container and "ModelPackageName" not in container:
        found.append("a container definition must specify Image or ModelPackageName")
    if "ModelDataUrl" in container and "ModelDataSource" in container:
        found.append("ModelDataUrl and ModelDataSource cannot both be specified")
    source = container.get("ModelDataSource", {}).get("S3DataSource", {})
    if source.get("S3DataType") == "S3Prefix" and not source["S3Uri"].endswith("/"):
        found.append(f"S3Uri of data type S3Prefix must end with a slash, got {source['S3Uri']}")
    if container.get("Mode") == "MultiModel" and source:
        found.append("ModelDataSource is not supported by a container of mode MultiModel")
    return found


def _hostnames(containers: list[Mapping[str, Any]]) -> list[str]:
    names = [each["ContainerHostname"] for each in containers if "ContainerHostname" in each]
    if 0 < len(names) < len(containers):
        return ["ContainerHostname must be specified for all containers or for none"]
    return [
        f"ContainerHostname must be unique, got {name} {count} times"
        for name, count in Counter(names).items()
        if count > 1
    ]


def _execution(request: Mapping[str, Any], containers: list[Mapping[str, Any]]) -> list[str]:
    """Direct invocation finds a container by its name; SageMaker ignores the mode of a PrimaryContainer."""
    mode = request.get("InferenceExecutionConfig", {}).get("Mode")
    named = all("ContainerHostname" in each for each in containers)
    if mode == "Direct" and "Containers" in request and not named:
        return ["ContainerHostname must be specified for containers that are invoked directly"]
    return []


def _environment(containers: list[Mapping[str, Any]]) -> list[str]:
    size = sum(
        len(key.encode()) + len(value.encode())
        for each in containers
        for key, value in each.get("Environment", {}).items()
    )
    if ENVIRONMENT_TOTAL.allows(size):
        return []
    return [
        f"the environment variables of all containers must not exceed {ENVIRONMENT_TOTAL}, got {size} bytes"
    ]
