"""An endpoint of several containers side by side: a request names the one that answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import jsii
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk import aws_sns as sns
from constructs import Construct

from pilotlight.spec import ModelSpec, MultiContainerSpec
from pilotlight_cdk.container_metrics import ContainerMetrics
from pilotlight_cdk.containers_endpoint import ContainersEndpoint
from pilotlight_cdk.imported_endpoint import ImportedMultiContainerEndpoint
from pilotlight_cdk.multi_container_invocation import MultiContainerInvocation
from pilotlight_cdk.realtime_alarms import RealtimeEndpointAlarms


@jsii.implements(sagemaker.IEndpoint)
class MultiContainerEndpoint(MultiContainerInvocation, ContainersEndpoint[MultiContainerSpec]):
    """Hosts two to fifteen containers on the same instances; each answers the requests that name it.

    A request names its container as TargetContainerHostname. It never has zero instances. Every instance runs
    all containers, so its memory has to hold all of their models.

    Keywords and attributes are those of `ContainersEndpoint`.
    """

    SPEC = MultiContainerSpec
    MODE = "Direct"

    @staticmethod
    def from_endpoint_name(scope: Construct, id: str, endpoint_name: str) -> ImportedMultiContainerEndpoint:
        """Take an endpoint that exists already, in this account and region, to grant and to watch it."""
        return ImportedMultiContainerEndpoint(scope, id, endpoint_name)

    def container(self, name: str) -> ContainerMetrics:
        """The metrics of one container. Raises LookupError when there is none of this name."""
        return super().container(self._name_of(name))

    def grant_invoke(self, grantee: iam.IGrantable, *, containers: Sequence[str] | None = None) -> iam.Grant:
        """Let somebody ask the containers, or only some of them.

        Raises LookupError when one of them is none of the endpoint's.
        """
        some = None if containers is None else [self._name_of(each) for each in containers]
        return super().grant_invoke(grantee, containers=some)

    def _build_container_alarms(self, alarm_topic: sns.ITopic) -> Mapping[str, RealtimeEndpointAlarms]:
        """Watch each container by itself: one that fails hides behind busy ones."""
        place = Construct(self, "ContainerAlarms")
        return {
            name: RealtimeEndpointAlarms(
                place,
                name,
                endpoint=self.container(name),
                endpoint_name=f"{self.endpoint_name}, container {name},",
                alarm_topic=alarm_topic,
                alarms=self.spec.alarms,
            )
            for name in self.model.specs
        }

    @staticmethod
    def _containers(specs: Mapping[str, ModelSpec]) -> Any:
        return {name: {"model": spec} for name, spec in specs.items()}
