"""One inference component as the control plane knows it, and how the API shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pilotlight.local.control_plane.component_faults import specifications
from pilotlight.local.control_plane.deployed_component import DeployedComponent
from pilotlight.local.control_plane.endpoint_description import ComponentDescription
from pilotlight.local.control_plane.endpoint_record import EndpointRecord


@dataclass(slots=True)
class ComponentRecord:
    """A SageMaker inference component. deployed: what was asked for last, which may never have served."""

    name: str
    arn: str
    endpoint: EndpointRecord
    deployed: DeployedComponent
    created: datetime
    modified: datetime
    deployment: dict[str, Any] | None = None
    """The last `DeploymentConfig`."""
    deleting: bool = False

    @property
    def described(self) -> ComponentDescription | None:
        """What the endpoint tells of it; None when its last copy is gone."""
        found = (each for each in self.endpoint.described().components if each.name == self.name)
        return next(found, None)

    @property
    def status(self) -> str:
        """The status of `DescribeInferenceComponent`."""
        now = self.described
        if self.deleting or now is None:
            return "Deleting"
        return now.status

    def touch(self) -> None:
        """Remember that it was changed."""
        self.modified = datetime.now(UTC)

    def summary(self) -> dict[str, Any]:
        """The component as `ListInferenceComponents` shows it."""
        return {
            "InferenceComponentName": self.name,
            "InferenceComponentArn": self.arn,
            "EndpointName": self.endpoint.name,
            "EndpointArn": self.endpoint.arn,
            "VariantName": self.deployed.variant,
            "InferenceComponentStatus": self.status,
            "CreationTime": self.created,
            "LastModifiedTime": self.modified,
        }

    def description(self) -> dict[str, Any]:
        """The component as `DescribeInferenceComponent` shows it."""
        now = self.described
        serving = self.deployed if now is None else now.deployed
        shown = [self._shown(each, serving) for each in specifications(serving.given)]
        return {
            **self.summary(),
            **(
                {"Specifications": shown}
                if "Specifications" in serving.given
                else {"Specification": shown[0]}
            ),
            "FailureReason": None if now is None else now.failure_reason,
            "RuntimeConfig": _runtime_config(now),
            "LastDeploymentConfig": self.deployment,
        }

    def _shown(self, given: Mapping[str, Any], serving: DeployedComponent) -> dict[str, Any]:
        """A specification as it is described: with the image that runs."""
        container = {key: value for key, value in given.get("Container", {}).items() if key != "Image"}
        image = serving.container.image
        if image is not None and "BaseInferenceComponentName" not in given:
            resolved = {"SpecifiedImage": image, "ResolvedImage": image, "ResolutionTime": self.modified}
            container["DeployedImage"] = resolved
        return {**given, "Container": container}


def _runtime_config(now: ComponentDescription | None) -> dict[str, int]:
    current, desired = (0, 0) if now is None else (now.current_copies, now.desired_copies)
    return {"CurrentCopyCount": current, "DesiredCopyCount": desired}
