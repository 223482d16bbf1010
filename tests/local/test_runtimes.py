"""The way of hosting follows from the endpoint configuration and its models."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.image_catalogue import Runner
from pilotlight.local.control_plane.container_definition import ContainerDefinition
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.endpoint.async_runtime import AsyncRuntime
from pilotlight.local.endpoint.component_runtime import ComponentRuntime
from pilotlight.local.endpoint.multi_container_runtime import MultiContainerRuntime
from pilotlight.local.endpoint.multi_model_runtime import MultiModelRuntime
from pilotlight.local.endpoint.pipeline_runtime import PipelineRuntime
from pilotlight.local.endpoint.real_time_runtime import RealTimeRuntime
from pilotlight.local.endpoint.serverless_runtime import ServerlessRuntime
from pilotlight.local.home import Home
from pilotlight.local.images.image_store import ImageStore
from pilotlight.local.runtimes import container_hosts, runtime_kind


class NoAws:
    """An `Aws` that nobody asks."""

    def client(self, service: str) -> None:
        """No client."""


ASYNCHRONOUS = {"AsyncInferenceConfig": {"OutputConfig": {"S3OutputPath": "s3://data/out/"}}}


@pytest.mark.parametrize(
    ("mode", "members", "kind"),
    [
        ("SingleModel", {}, RealTimeRuntime),
        ("SingleModel", ASYNCHRONOUS, AsyncRuntime),
        ("MultiModel", {}, MultiModelRuntime),
    ],
)
def test_a_configuration_is_hosted_in_its_way(mode: str, members: dict[str, Any], kind: type) -> None:
    """An AsyncInferenceConfig means a queue, a container of mode MultiModel means models that come and go."""
    variant = {"VariantName": "AllTraffic", "ModelName": "one", "InstanceType": "ml.m5.large"}
    config = EndpointConfigRecord.parse(
        {"ProductionVariants": [variant], **members}, name="c", arn="arn:c", created=datetime.now(UTC)
    )
    container = {"Image": "image:1", "Mode": mode}
    model = ModelRecord.parse(
        {"PrimaryContainer": container}, name="one", arn="arn:one", created=datetime.now(UTC)
    )
    assert kind is runtime_kind(config, {"one": model})


@pytest.mark.parametrize(("mode", "kind"), [("Direct", MultiContainerRuntime), ("Serial", PipelineRuntime)])
def test_several_containers_are_named_or_answer_in_turn(mode: str, kind: type) -> None:
    """InferenceExecutionConfig says which."""
    variant = {"VariantName": "AllTraffic", "ModelName": "two", "InstanceType": "ml.m5.large"}
    config = EndpointConfigRecord.parse(
        {"ProductionVariants": [variant]}, name="c", arn="arn:c", created=datetime.now(UTC)
    )
    containers = [{"ContainerHostname": name, "Image": "image:1"} for name in ("first", "second")]
    properties = {"Containers": containers, "InferenceExecutionConfig": {"Mode": mode}}
    model = ModelRecord.parse(properties, name="two", arn="arn:two", created=datetime.now(UTC))

    assert kind is runtime_kind(config, {"two": model})


def test_a_serverless_variant_has_a_runtime_of_its_own() -> None:
    """Its configuration says so, whatever the model is."""
    sized = {"MemorySizeInMB": 1024, "MaxConcurrency": 1}
    variant = {"VariantName": "AllTraffic", "ModelName": "one", "ServerlessConfig": sized}
    config = EndpointConfigRecord.parse(
        {"ProductionVariants": [variant]}, name="c", arn="arn:c", created=datetime.now(UTC)
    )
    model = ModelRecord.parse(
        {"PrimaryContainer": {"Image": "image:1"}}, name="one", arn="arn:one", created=datetime.now(UTC)
    )

    assert ServerlessRuntime is runtime_kind(config, {"one": model})


def test_images_that_were_built_here_run_wherever_they_are_used(tmp_path: Path) -> None:
    """In endpoints and in transform jobs alike: there is one maker of hosts for both."""
    home, directory, given = Home(tmp_path / "home").create(), tmp_path / "own", cast("Any", NoAws())
    directory.mkdir()
    (directory / "serve").write_text("#!/bin/sh\n")
    ImageStore(home.images).build("own:1", directory)
    host = container_hosts(home, ScaledClock())(given)

    assert Runner.COMMAND is host.plan(ContainerDefinition(image="own:1")).runner


def test_a_variant_without_a_model_hosts_components() -> None:
    """There is nothing that could say it but the model that is missing."""
    variant = {"VariantName": "AllTraffic", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}
    config = EndpointConfigRecord.parse(
        {"ProductionVariants": [variant]}, name="c", arn="arn:c", created=datetime.now(UTC)
    )

    assert ComponentRuntime is runtime_kind(config, {})
