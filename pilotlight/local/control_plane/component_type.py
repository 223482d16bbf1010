"""AWS::SageMaker::InferenceComponent: what CloudFormation does with it.

The registry schema names no create-only property (cfn-lint 1.58.0, us-east-1), but UpdateInferenceComponent
cannot move a component: that another endpoint, variant or name makes a new one is assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotlight.local.control_plane.cloudformation_call import ControlPlanes, run_for_stack
from pilotlight.local.control_plane.component_record import ComponentRecord
from pilotlight.local.control_plane.place import name_of
from pilotlight.local.emulator.api_error import ValidationError
from pilotlight.local.emulator.resource_type import Properties, Resource, ResourceFailed, ResourceRequest

_UPDATED = ("Specification", "Specifications")


class ComponentType:
    """Inference components: CloudFormation waits until they are in service, and gives the reason when not."""

    name = "AWS::SageMaker::InferenceComponent"
    name_property = "InferenceComponentName"
    create_only = ("InferenceComponentName", "EndpointName", "VariantName")
    takes_tags = True

    def __init__(self, planes: ControlPlanes) -> None:
        self._planes = planes

    def create(self, request: ResourceRequest) -> Resource:
        """Make it and wait; one that fails is deleted again."""
        name = request.properties.get(self.name_property, request.generated_name)
        given = {key: value for key, value in request.properties.items() if key != "DeploymentConfig"}
        answer = run_for_stack(
            self._planes, request.region, "CreateInferenceComponent", {**given, self.name_property: name}
        )
        arn = answer["InferenceComponentArn"]
        settled = self._settled(request.region, name)
        status, now = settled.status, settled.described
        if status != "InService":
            self.delete(request.region, arn, request.properties)
            reason = None if now is None else now.failure_reason
            raise ResourceFailed(f"inference component {name} is {status}: {reason}")
        return _resource(arn)

    def update(self, physical_id: str, old: Properties, request: ResourceRequest) -> Resource:
        """Change it in place and wait. What the template leaves alone, scaling keeps."""
        new, name = request.properties, name_of(physical_id)
        self._planes(request.region).tags.replace(physical_id, new.get("Tags", ()))
        changed = {key: new[key] for key in (*_UPDATED, "RuntimeConfig") if new.get(key) != old.get(key)}
        if not changed:
            return _resource(physical_id)
        self._settled(request.region, name)
        given: Mapping[str, Any] = {key: new[key] for key in ("DeploymentConfig",) if key in new} | changed
        run_for_stack(
            self._planes, request.region, "UpdateInferenceComponent", {**given, self.name_property: name}
        )
        now = self._settled(request.region, name).described
        if now is None or now.status != "InService" or now.failure_reason is not None:
            reason = None if now is None else now.failure_reason
            raise ResourceFailed(f"inference component {name} keeps its former specification: {reason}")
        return _resource(physical_id)

    def delete(self, region: str, physical_id: str, properties: Properties) -> None:  # noqa: ARG002 - the id says it all
        """Delete it and wait until its copies are gone."""
        components, name = self._planes(region).components, name_of(physical_id)
        if not components.holds(physical_id):
            return
        try:
            components.delete({self.name_property: name})
        except ValidationError as error:
            raise ResourceFailed(error.message) from error
        components.wait_until_gone(name)

    def _settled(self, region: str, name: str) -> ComponentRecord:
        try:
            return self._planes(region).components.wait_until_settled(name)
        except ValidationError as error:
            raise ResourceFailed(error.message) from error


def _resource(arn: str) -> Resource:
    name = name_of(arn)
    return Resource(arn, {"InferenceComponentName": name, "InferenceComponentArn": arn, "Id": arn})
