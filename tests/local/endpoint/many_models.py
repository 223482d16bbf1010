"""A running multi-model endpoint for tests: S3 in memory, containers as small real processes."""

from __future__ import annotations

import io
import sys
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pilotlight.catalog.multi_model import MODEL_MEMORY_METADATA
from pilotlight.hosting.model_cache import CacheSettings
from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container_host import ContainerHost
from pilotlight.local.containers.models_api import ModelsApi
from pilotlight.local.containers.triton_host import TritonHost
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.endpoint.direct_invocation import DirectInvocation
from pilotlight.local.endpoint.direct_request import direct_answer
from pilotlight.local.endpoint.multi_model_runtime import MultiModelRuntime
from pilotlight.local.endpoint.surroundings import Surroundings
from pilotlight.local.home import Home

from .conftest import AT_ONCE, ListedMetrics, MemoryAws, eventually

TINY_MODELS = Path(__file__).parent / "tiny_models_container.py"
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/tiny-models:1"


@dataclass
class ManyModelsEndpoint:
    """A running endpoint with what it writes to."""

    runtime: MultiModelRuntime
    aws: MemoryAws
    metrics: ListedMetrics

    def publish(self, name: str, files: Mapping[str, bytes], memory_mib: int | None = None) -> None:
        """Put a model below the prefix."""
        archive = io.BytesIO()
        with tarfile.open(fileobj=archive, mode="w:gz") as tar:
            for path, content in files.items():
                member = tarfile.TarInfo(path)
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
        metadata = {} if memory_mib is None else {MODEL_MEMORY_METADATA: str(memory_mib)}
        self.aws.put_object(
            Bucket="data", Key=f"models/many/{name}", Body=archive.getvalue(), Metadata=metadata
        )

    def ask(self, model: str | None, body: bytes = b"?", **given: str) -> bytes:
        """The answer of a model; raises ApiError as the caller would see it."""
        invocation = DirectInvocation("many", body, target_model=model, **given)
        return direct_answer(self.runtime.invoke(invocation)).body

    def loaded_in_containers(self) -> int:
        """How many models the containers themselves list."""
        return sum(len(names) for names in self.listed())

    @property
    def ready(self) -> list[int]:
        """The processes of containers that take requests."""
        return [each.pid for each in self.runtime.describe().containers if each.ready]

    def listed(self) -> list[frozenset[str]]:
        """What each container answers to GET /models."""
        return [frozenset(ModelsApi(each.port).loaded()) for each in self.runtime.describe().containers]


def many_models_config(
    count: int = 1, instance_type: str = "ml.m5.large", **members: Any
) -> EndpointConfigRecord:
    """A configuration with one variant. members: further ones of it, or others."""
    variant = {"VariantName": "AllTraffic", "ModelName": "many", "InstanceType": instance_type, **members}
    properties = {"ProductionVariants": [{**variant, "InitialInstanceCount": count}]}
    return EndpointConfigRecord.parse(properties, name="first", arn="arn:first", created=datetime.now(UTC))


def many_models_record(
    image: str = IMAGE, *, cached: bool = True, environment: Mapping[str, str] | None = None
) -> ModelRecord:
    """A multi-model container."""
    container = {
        "Image": image,
        "Mode": "MultiModel",
        "ModelDataUrl": "s3://data/models/many/",
        "MultiModelConfig": {"ModelCacheSetting": "Enabled" if cached else "Disabled"},
        "Environment": {} if environment is None else environment,
    }
    properties = {"PrimaryContainer": container, "EnableNetworkIsolation": True}
    return ModelRecord.parse(properties, name="many", arn="arn:many", created=datetime.now(UTC))


@contextmanager
def many_models_endpoint(
    home: Home,
    *,
    model: ModelRecord | None = None,
    config: EndpointConfigRecord | None = None,
    cache: CacheSettings | None = None,
    scale: float = 60.0,
    triton: TritonHost | None = None,
) -> Iterator[ManyModelsEndpoint]:
    """An endpoint in service."""
    aws, metrics = MemoryAws(), ListedMetrics()
    given: Any = aws
    commands = {IMAGE: [sys.executable, "-P", str(TINY_MODELS)]}
    host = ContainerHost(home, given, time_scale=scale, commands=commands, triton=triton)
    runtime = MultiModelRuntime(
        "many",
        config=many_models_config() if config is None else config,
        models={"many": many_models_record() if model is None else model},
        around=Surroundings(given, ScaledClock(scale), metrics, host, AT_ONCE, cache=cache),
        on_change=lambda: None,
    )
    runtime.start()
    try:
        eventually(lambda: runtime.describe().status != "Creating", "that it is created")
        assert "InService" == runtime.describe().status, runtime.describe().failure_reason
        yield ManyModelsEndpoint(runtime, aws, metrics)
    finally:
        runtime.stop()
