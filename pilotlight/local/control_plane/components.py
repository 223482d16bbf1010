"""The operations on inference components: Create, Describe, List, Update, UpdateRuntimeConfig, Delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from pilotlight.local.control_plane.component_deployment import ComponentDeployment
from pilotlight.local.control_plane.component_faults import component_faults, creation_faults
from pilotlight.local.control_plane.component_record import ComponentRecord
from pilotlight.local.control_plane.endpoint_record import EndpointRecord
from pilotlight.local.control_plane.endpoint_store import EndpointStore
from pilotlight.local.control_plane.listing import listed
from pilotlight.local.control_plane.models import Models
from pilotlight.local.control_plane.place import Place
from pilotlight.local.control_plane.tags import Tags
from pilotlight.local.emulator.api_error import ValidationError

Request = dict[str, Any]


class InferenceComponents:
    """Runs the operations on components; the runtimes of their endpoints make true what is asked."""

    def __init__(self, place: Place, *, models: Models, endpoints: EndpointStore, tags: Tags) -> None:
        self._place = place
        self._deployment = ComponentDeployment(models)
        self._endpoints = endpoints
        self._tags = tags
        self._components: dict[str, ComponentRecord] = {}
        self.when_deleted: list[Callable[[str], None]] = []
        """Called with the name of each component whose deletion begins."""

    def create(self, request: Request) -> Request:
        """CreateInferenceComponent."""
        name = request["InferenceComponentName"]
        arn = self._place.arn("inference-component", name)
        if name in self._present():
            msg = f'Cannot create already existing inference component "{arn}".'
            raise ValidationError(msg)
        _refuse(creation_faults(request))
        endpoint = self._host(request["EndpointName"])
        deployed = self._deployment.of(request, endpoint, self._on(endpoint.name))
        now = datetime.now(UTC)
        record = ComponentRecord(name, arn, endpoint, deployed, now, now)
        endpoint.runtime.put_component(deployed)
        self._components[name] = record
        self._tags.put(arn, request.get("Tags", ()))
        return {"InferenceComponentArn": arn}

    def describe(self, request: Request) -> Request:
        """DescribeInferenceComponent."""
        return self.find(request["InferenceComponentName"]).description()

    def list_all(self, request: Request) -> Request:
        """ListInferenceComponents."""
        wanted = {
            "EndpointName": request.get("EndpointNameEquals"),
            "VariantName": request.get("VariantNameEquals"),
        }
        found = [
            each
            for each in (record.summary() for record in self._present().values())
            if all(value in {None, each[key]} for key, value in wanted.items())
        ]
        key, name, status = "InferenceComponents", "InferenceComponentName", "InferenceComponentStatus"
        return listed(found, request, key=key, name=name, status=status)

    def update(self, request: Request) -> Request:
        """UpdateInferenceComponent: another specification, another number of copies, or both."""
        record = self._changeable(request["InferenceComponentName"])
        _refuse(component_faults(request))
        if {"Specification", "Specifications"} & request.keys():
            given = {**request, "VariantName": record.deployed.variant}
            now = record.described
            copies = record.deployed.copies if now is None else now.desired_copies
            given["RuntimeConfig"] = request.get("RuntimeConfig", {"CopyCount": copies})
            record.deployed = self._deployment.of(given, record.endpoint, self._on(record.endpoint.name))
            record.endpoint.runtime.put_component(record.deployed)
        elif "RuntimeConfig" in request:
            record.endpoint.runtime.set_copies(record.name, request["RuntimeConfig"]["CopyCount"])
        record.deployment = request.get("DeploymentConfig", record.deployment)
        record.touch()
        return {"InferenceComponentArn": record.arn}

    def update_runtime_config(self, request: Request) -> Request:
        """UpdateInferenceComponentRuntimeConfig."""
        record = self._changeable(request["InferenceComponentName"])
        record.endpoint.runtime.set_copies(record.name, request["DesiredRuntimeConfig"]["CopyCount"])
        record.touch()
        return {"InferenceComponentArn": record.arn}

    def delete(self, request: Request) -> None:
        """DeleteInferenceComponent: it is `Deleting` until its copies are gone."""
        record = self.find(request["InferenceComponentName"])
        if record.deleting:
            return
        adapters = [each.name for each in self._on(record.endpoint.name) if each.deployed.base == record.name]
        if adapters:
            msg = (
                f'Cannot delete inference component "{record.arn}": it is the base of {", ".join(adapters)}.'
            )
            raise ValidationError(msg)
        record.deleting = True
        self._tags.forget(record.arn)
        for tell in self.when_deleted:
            tell(record.name)
        record.endpoint.runtime.remove_component(record.name)

    def find(self, name: str) -> ComponentRecord:
        """The component called `name`. Raises ValidationError in SageMaker's words."""
        record = self._present().get(name)
        if record is None:
            msg = f'Could not find inference component "{self._place.arn("inference-component", name)}".'
            raise ValidationError(msg)
        return record

    def holds(self, arn: str) -> bool:
        """Whether a component has this ARN."""
        return any(each.arn == arn for each in self._present().values())

    def on_endpoint(self, endpoint: str) -> tuple[str, ...]:
        """The names of the components of an endpoint."""
        return tuple(each.name for each in self._on(endpoint))

    def wait_until_settled(self, name: str) -> ComponentRecord:
        """Wait until no change of a component is under way. Raises ValidationError when it is deleted."""

        def settled() -> ComponentRecord | None:
            record = self.find(name)
            return None if record.status in {"Creating", "Updating"} else record

        return self._endpoints.wait(settled)

    def wait_until_gone(self, name: str) -> None:
        """Wait until a component that is being deleted is gone."""
        self._endpoints.wait(lambda: name not in self._present() or None)

    def _present(self) -> dict[str, ComponentRecord]:
        """The components that are there, after forgetting those whose deletion is complete."""
        gone = [name for name, each in list(self._components.items()) if each.deleting and not each.described]
        for name in gone:
            self._components.pop(name, None)
        return self._components

    def _on(self, endpoint: str) -> Sequence[ComponentRecord]:
        return [each for each in list(self._present().values()) if each.endpoint.name == endpoint]

    def _host(self, name: str) -> EndpointRecord:
        """The endpoint that can take a component."""
        endpoint = self._endpoints.find(name)
        if endpoint.status not in {"InService", "Updating"}:
            msg = f'Cannot create an inference component on "{endpoint.arn}" in status {endpoint.status}.'
            raise ValidationError(msg)
        return endpoint

    def _changeable(self, name: str) -> ComponentRecord:
        record = self.find(name)
        if record.status in {"Creating", "Updating", "Deleting"}:
            msg = f'Cannot update inference component "{record.arn}" in status {record.status}.'
            raise ValidationError(msg)
        return record


def _refuse(found: Sequence[str]) -> None:
    if found:
        raise ValidationError("; ".join(found))
