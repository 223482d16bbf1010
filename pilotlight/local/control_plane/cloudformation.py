"""AWS::SageMaker::Model, EndpointConfig, Endpoint and InferenceComponent: what CloudFormation does with them.

Create-only properties are those of the CloudFormation registry schemas (cfn-lint 1.58.0, us-east-1).
"""

from __future__ import annotations

from pilotlight.local.control_plane.cloudformation_call import ControlPlanes, run_for_stack
from pilotlight.local.control_plane.component_type import ComponentType
from pilotlight.local.control_plane.endpoint_description import EndpointDescription
from pilotlight.local.control_plane.place import name_of
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.emulator.resource_type import (
    Properties,
    Resource,
    ResourceFailed,
    ResourceRequest,
    ResourceType,
)

_UPDATE_ONLY = ("ExcludeRetainedVariantProperties", "RetainAllVariantProperties", "RetainDeploymentConfig")


class RecordType:
    """A type whose resources only the API makes and deletes: models and endpoint configurations."""

    takes_tags = True

    def __init__(self, noun: str, create_only: tuple[str, ...], planes: ControlPlanes) -> None:
        self.name = f"AWS::SageMaker::{noun}"
        self.name_property = f"{noun}Name"
        self.create_only = (self.name_property, *create_only)
        self._noun = noun
        self._planes = planes

    def create(self, request: ResourceRequest) -> Resource:
        """Make it under the name given, or a generated one."""
        name = request.properties.get(self.name_property, request.generated_name)
        given = {**request.properties, self.name_property: name}
        arn = run_for_stack(self._planes, request.region, f"Create{self._noun}", given)[f"{self._noun}Arn"]
        return self._resource(arn)

    def update(self, physical_id: str, old: Properties, request: ResourceRequest) -> Resource:  # noqa: ARG002 - all else is create-only
        """Only the tags change in place."""
        self._planes(request.region).tags.replace(physical_id, request.properties.get("Tags", ()))
        return self._resource(physical_id)

    def delete(self, region: str, physical_id: str, properties: Properties) -> None:  # noqa: ARG002 - the id says it all
        """Delete it, if it is still there."""
        try:
            self._planes(region).operations()[f"Delete{self._noun}"](
                {self.name_property: name_of(physical_id)}
            )
        except ValidationError:
            return

    def _resource(self, arn: str) -> Resource:
        return Resource(arn, {self.name_property: name_of(arn), f"{self._noun}Arn": arn, "Id": arn})


class EndpointType:
    """Endpoints: CloudFormation waits until they are in service, and gives the reason when they fail."""

    name = "AWS::SageMaker::Endpoint"
    name_property = None  # its name is its only create-only property, so a named endpoint is never refused
    create_only = ("EndpointName",)
    takes_tags = True

    def __init__(self, planes: ControlPlanes) -> None:
        self._planes = planes

    def create(self, request: ResourceRequest) -> Resource:
        """Make it and wait; one that fails is deleted again."""
        name = request.properties.get("EndpointName", request.generated_name)
        given = {key: value for key, value in request.properties.items() if key not in _UPDATE_ONLY}
        arn = run_for_stack(self._planes, request.region, "CreateEndpoint", {**given, "EndpointName": name})[
            "EndpointArn"
        ]
        settled = self._settled(request.region, name)
        if settled.status != "InService":
            self.delete(request.region, arn, request.properties)
            msg = f"endpoint {name} is {settled.status}: {settled.failure_reason}"
            raise ResourceFailed(msg)
        return _endpoint(arn)

    def update(self, physical_id: str, old: Properties, request: ResourceRequest) -> Resource:
        """Change to another configuration in place and wait; one that fails stays with the former one."""
        new, region = request.properties, request.region
        self._planes(region).tags.replace(physical_id, new.get("Tags", ()))
        if new["EndpointConfigName"] != old["EndpointConfigName"]:
            self._change_config(name_of(physical_id), region, new)
        return _endpoint(physical_id)

    def delete(self, region: str, physical_id: str, properties: Properties) -> None:  # noqa: ARG002 - the id says it all
        """Delete it and wait until its containers are gone."""
        plane, name = self._planes(region), name_of(physical_id)
        if not plane.store.holds(physical_id):
            return
        try:
            plane.endpoints.delete({"EndpointName": name})
        except ValidationError as error:
            raise ResourceFailed(error.message) from error
        plane.store.wait_until_gone(name)

    def _change_config(self, name: str, region: str, new: Properties) -> None:
        # Scaling may be changing the endpoint just now; that CloudFormation waits for it is assumed.
        self._settled(region, name)
        given = {key: value for key, value in new.items() if key != "Tags"}
        run_for_stack(self._planes, region, "UpdateEndpoint", {**given, "EndpointName": name})
        settled = self._settled(region, name)
        if settled.status != "InService" or settled.config_name != new["EndpointConfigName"]:
            msg = f"endpoint {name} keeps configuration {settled.config_name}: {settled.failure_reason}"
            raise ResourceFailed(msg)

    def _settled(self, region: str, name: str) -> EndpointDescription:
        try:
            return self._planes(region).store.wait_until_settled(name)
        except ValidationError as error:
            raise ResourceFailed(error.message) from error


def _endpoint(arn: str) -> Resource:
    return Resource(arn, {"EndpointName": name_of(arn), "EndpointArn": arn, "Id": arn})


def resource_types(planes: ControlPlanes) -> tuple[ResourceType, ...]:
    """SageMaker's resource types, on the control planes of all regions."""
    containers = ("PrimaryContainer", "Containers", "ExecutionRoleArn", "EnableNetworkIsolation")
    variants = ("ProductionVariants", "ShadowProductionVariants", "AsyncInferenceConfig", "DataCaptureConfig")
    shared = ("ExecutionRoleArn", "EnableNetworkIsolation", "VpcConfig", "KmsKeyId")
    return (
        RecordType("Model", (*containers, "InferenceExecutionConfig", "VpcConfig"), planes),
        RecordType("EndpointConfig", (*variants, *shared, "ExplainerConfig", "MetricsConfig"), planes),
        EndpointType(planes),
        ComponentType(planes),
    )
