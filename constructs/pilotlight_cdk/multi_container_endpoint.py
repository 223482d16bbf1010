"""An endpoint of several containers side by side: a request names the one that answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import jsii
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker
from constructs import Construct

from pilotlight.spec import ModelSpec, MultiContainerSpec
from pilotlight_cdk.container_metrics import ContainerMetrics
from pilotlight_cdk.containers_endpoint import ContainersEndpoint
from pilotlight_cdk.imported_endpoint import ImportedMultiContainerEndpoint
from pilotlight_cdk.multi_container_invocation import MultiContainerInvocation


@jsii.implements(sagemaker.IEndpoint)
class MultiContainerEndpoint(MultiContainerInvocation, ContainersEndpoint[MultiContainerSpec]):
    """Hosts two to fifteen containers on the same instances; each answers the requests that name it.

    A request names its container as TargetContainerHostname. It never has zero instances. Every instance runs
    all containers, so its memory has to hold all of their models.

    Args:
        model: the containers; no other endpoint can call them in another way.
        instance_type: as `ml.m5.xlarge`.
        scaling: how many instances there are. Default: as many as at first.
        initial_instance_count: instances at creation. Default: 1.
        routing_strategy: which instance takes a request. Default: the one with the fewest in flight.
        prefix_length: with PREFIX_AWARE, how many bytes of a request count. Default: none, for the others.
        concurrency_threshold: with PREFIX_AWARE, requests in flight at which an instance gets no more for its
            prefixes. Default: none, for the others.
        data_capture: keeps some of the requests and answers. Default: keeps none.
        alarms: thresholds. Default: the containers fail on 5 % of the requests.
        deployment: how an update replaces instances. Default: SageMaker's, all at once.
        model_data_download_timeout: time to fetch the artefacts. Default: SageMaker's.
        container_startup_health_check_timeout: time until a container answers. Default: SageMaker's.
        volume_size: storage of an instance. Default: SageMaker's choice.
        tags: on everything the endpoint consists of. Default: none.
        endpoint_name: what callers use; it stays the same across updates. Default: from the construct's path.
        bucket: for captured data. Default: with `data_capture`, one of its own.
        capture_prefix: where in the bucket. Default: `capture/<endpoint name>/`.
        encryption_key: encrypts volumes, captured data and alarms. An imported key must let CloudWatch use
            it. Default: a `CustomerKey` of its own.
        alarm_topic: is told of alarms. Default: one of its own.
        rollback_alarms: take an update back when they go off, 10 at most. Default: with a `deployment`, the
            alarm on server errors, else none.
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

    @staticmethod
    def _containers(specs: Mapping[str, ModelSpec]) -> Any:
        return {name: {"model": spec} for name, spec in specs.items()}
