"""A control plane whose endpoints have no containers: tests decide what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from pilotlight.local.containers.answer import Answer
from pilotlight.local.control_plane.control_plane import ControlPlane
from pilotlight.local.control_plane.deployed_component import DeployedComponent
from pilotlight.local.control_plane.endpoint_config_record import EndpointConfigRecord
from pilotlight.local.control_plane.endpoint_description import (
    ComponentDescription,
    ConcurrencyDescription,
    EndpointDescription,
    VariantDescription,
)
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.control_plane.place import Place
from pilotlight.local.control_plane.serverless_record import ServerlessRecord
from pilotlight.local.emulator.json_service import checked
from pilotlight.local.endpoint.async_invocation import AcceptedInvocation, AsyncInvocation
from pilotlight.local.endpoint.direct_invocation import DirectAnswer, DirectInvocation, DirectStream

ROLE = "arn:aws:iam::123456789012:role/hosting"
SPECIFICATION: dict[str, Any] = {
    "Container": {"Image": "repository:tag", "ArtifactUrl": "s3://models/llama.tar.gz"},
    "ComputeResourceRequirements": {"MinMemoryRequiredInMb": 1024, "NumberOfCpuCoresRequired": 1},
}


class FakeRuntime:
    """Settles at once; an image called `broken` never becomes healthy."""

    def __init__(
        self,
        name: str,
        *,
        config: EndpointConfigRecord,
        models: Mapping[str, ModelRecord],
        on_change: Callable[[], None],
    ) -> None:
        self.name = name
        self.status = "Creating"
        self.reason: str | None = None
        self.stopped = False
        self.asked: list[Any] = []
        self._on_change = on_change
        self._take(config, models)
        self.desired = {each.name: each.initial_instance_count for each in config.all_variants}
        self.serverless = {each.name: each.serverless for each in config.all_variants}
        self.components: dict[str, ComponentDescription] = {}

    def start(self) -> None:
        """Come into service, or fail."""
        self.settle("Failed" if self._broken else "InService")

    def update(
        self,
        config: EndpointConfigRecord,
        models: Mapping[str, ModelRecord],
        *,
        retain_variant_properties: bool,
    ) -> None:
        """Take the configuration, or keep the former one when its image is broken."""
        former_config, former_models = self._config, self._models
        self._take(config, models)
        if self._broken:
            self._take(former_config, former_models)
            self.reason = "the container did not pass its health check"
        elif not retain_variant_properties:
            self.desired = {each.name: each.initial_instance_count for each in config.all_variants}
        self._on_change()

    def set_desired_instance_count(self, variant: str, count: int) -> None:
        """Have that many at once."""
        self.desired[variant] = count
        self._on_change()

    def invoke_async(self, request: AsyncInvocation) -> AcceptedInvocation:
        """Accept everything."""
        self.asked.append(request)
        return AcceptedInvocation("id", "s3://bucket/out", "s3://bucket/failed")

    def invoke(self, request: DirectInvocation) -> DirectAnswer:
        """Say who is asked for what."""
        status = 500 if request.body == b"fail" else 200
        body = f"{request.target_model}: {request.body.decode()}".encode()
        return DirectAnswer(Answer(status, body, "text/plain"), "AllTraffic")

    def invoke_stream(self, request: DirectInvocation) -> DirectStream:
        """Answer in one part."""
        return DirectStream("text/plain", "AllTraffic", iter((request.body,)))

    def set_concurrency(self, variant: str, *, most: int | None, provisioned: int | None) -> None:
        """Have it at once."""
        now = self.serverless[variant]
        assert now is not None
        self.serverless[variant] = ServerlessRecord(
            now.memory_mb,
            now.max_concurrency if most is None else most,
            now.provisioned_concurrency if provisioned is None else provisioned,
        )
        self._on_change()

    def put_component(self, component: DeployedComponent) -> None:
        """Have its copies at once; an image called `broken` never becomes healthy."""
        broken = component.container.image == "broken"
        self.components[component.name] = ComponentDescription(
            component.name,
            component,
            "Failed" if broken else "InService",
            component.variant,
            0 if broken else component.copies,
            component.copies,
            "the container did not pass its health check" if broken else None,
        )
        self._on_change()

    def set_copies(self, component: str, count: int) -> None:
        """Have that many at once."""
        now = self.components[component]
        self.components[component] = replace(now, current_copies=count, desired_copies=count)
        self._on_change()

    def remove_component(self, component: str) -> None:
        """Be rid of it at once."""
        del self.components[component]
        self._on_change()

    def set_weight(self, variant: str, weight: float) -> None:
        """Nobody asks about weights."""

    def describe(self) -> EndpointDescription:
        """Say what tests set."""
        variants = tuple(
            VariantDescription(name, count, count, self._concurrency(name))
            for name, count in self.desired.items()
        )
        components = tuple(self.components.values())
        return EndpointDescription(
            self.status, self._config.name, variants, failure_reason=self.reason, components=components
        )

    def stop(self) -> None:
        """End."""
        self.stopped = True

    def settle(self, status: str) -> None:
        """Come to rest."""
        self.status = status
        self.reason = "the container did not pass its health check" if status == "Failed" else None
        self._on_change()

    def _take(self, config: EndpointConfigRecord, models: Mapping[str, ModelRecord]) -> None:
        self._config = config
        self._models = models

    def _concurrency(self, variant: str) -> ConcurrencyDescription | None:
        given = self.serverless[variant]
        return None if given is None else ConcurrencyDescription(given, given, given.provisioned_concurrency)

    @property
    def _broken(self) -> bool:
        return any(each.image == "broken" for model in self._models.values() for each in model.containers)


@dataclass
class Sagemaker:
    """Calls operations as a client does, and remembers the runtimes that were made."""

    plane: ControlPlane
    runtimes: dict[str, FakeRuntime] = field(default_factory=dict)

    def __call__(self, operation: str, **request: Any) -> dict[str, Any]:
        """Run an operation on checked input."""
        answer = self.plane.operations()[operation](checked("sagemaker", operation, request))
        return {} if answer is None else dict(answer)

    def model(self, name: str = "model", image: str = "repository:tag") -> str:
        """Make a model; give its ARN."""
        arn: str = self("CreateModel", ModelName=name, PrimaryContainer={"Image": image})["ModelArn"]
        return arn

    def config(self, name: str = "config", model: str = "model", count: int = 1) -> str:
        """Make the configuration of an asynchronous endpoint; give its ARN."""
        variant = {
            "VariantName": "AllTraffic",
            "ModelName": model,
            "InstanceType": "ml.m5.large",
            "InitialInstanceCount": count,
        }
        output = {"OutputConfig": {"S3OutputPath": "s3://bucket/out/"}}
        arn: str = self(
            "CreateEndpointConfig",
            EndpointConfigName=name,
            ProductionVariants=[variant],
            AsyncInferenceConfig=output,
        )["EndpointConfigArn"]
        return arn

    def endpoint(self, name: str = "endpoint") -> FakeRuntime:
        """Make an endpoint with model and configuration; give its runtime."""
        self.model()
        self.config()
        self("CreateEndpoint", EndpointName=name, EndpointConfigName="config")
        return self.runtimes[name]

    def host(self, name: str = "host", **scaling: Any) -> FakeRuntime:
        """Make an endpoint for inference components; scaling: members of ManagedInstanceScaling."""
        managed = {"ManagedInstanceScaling": {"Status": "ENABLED", **scaling}} if scaling else {}
        variant = {"VariantName": "AllTraffic", "InstanceType": "ml.g5.xlarge", "InitialInstanceCount": 1}
        self(
            "CreateEndpointConfig",
            EndpointConfigName=name,
            ExecutionRoleArn=ROLE,
            ProductionVariants=[variant | managed],
        )
        self("CreateEndpoint", EndpointName=name, EndpointConfigName=name)
        return self.runtimes[name]

    def component(self, name: str = "llama", **members: Any) -> str:
        """Make an inference component on the endpoint `host`; give its ARN."""
        given: dict[str, Any] = {
            "EndpointName": "host",
            "VariantName": "AllTraffic",
            "Specification": SPECIFICATION,
        }
        given |= {"RuntimeConfig": {"CopyCount": 1}} | members
        arn: str = self("CreateInferenceComponent", InferenceComponentName=name, **given)[
            "InferenceComponentArn"
        ]
        return arn

    def variant(self, endpoint: str = "endpoint") -> dict[str, Any]:
        """The one variant of an endpoint as it is described."""
        [variant] = self("DescribeEndpoint", EndpointName=endpoint)["ProductionVariants"]
        return dict(variant)


@pytest.fixture
def sagemaker() -> Sagemaker:
    """A control plane in eu-west-1 with nothing in it."""
    return _in_region("eu-west-1")


@pytest.fixture
def sagemaker_in() -> Callable[[str], Sagemaker]:
    """Makes the control plane of a region."""
    return _in_region


def _in_region(region: str) -> Sagemaker:
    runtimes: dict[str, FakeRuntime] = {}

    def make(name: str, **parts: Any) -> FakeRuntime:
        runtimes[name] = FakeRuntime(name, **parts)
        return runtimes[name]

    return Sagemaker(ControlPlane(Place(region, "123456789012"), make), runtimes)
