"""A CloudFormation resource type that is added to the emulator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ResourceRequest:
    """What CloudFormation asks for: properties are resolved, with the tags of the stack among them."""

    region: str
    logical_id: str
    generated_name: str
    """A name made of stack and logical id, for a resource whose name the template leaves open."""
    properties: Properties


@dataclass(frozen=True, slots=True)
class Resource:
    """What exists afterwards: `Ref` gives `physical_id`, `Fn::GetAtt` gives the attributes."""

    physical_id: str
    attributes: Mapping[str, str]


class ResourceFailed(Exception):  # noqa: N818 - CloudFormation's word for it
    """The resource could not be made or changed; CloudFormation shows the message and rolls back."""


class ResourceType(Protocol):
    """How CloudFormation makes, changes and removes a resource. Called on worker threads; may block."""

    @property
    def name(self) -> str:
        """Such as `AWS::SageMaker::Model`."""

    @property
    def name_property(self) -> str | None:
        """The property that names the resource; an update that replaces a named resource is refused."""

    @property
    def create_only(self) -> tuple[str, ...]:
        """A change of one of these makes a new resource and deletes the old one afterwards."""

    @property
    def takes_tags(self) -> bool:
        """Whether the tags of the stack reach it, in its property `Tags`."""

    def create(self, request: ResourceRequest) -> Resource:
        """Make the resource and wait until it is stable. Raises ResourceFailed."""

    def update(self, physical_id: str, old: Properties, request: ResourceRequest) -> Resource:
        """Change the resource in place and wait until it is stable. Raises ResourceFailed."""

    def delete(self, region: str, physical_id: str, properties: Properties) -> None:
        """Remove the resource and wait until it is gone; one that is gone already is no fault."""
