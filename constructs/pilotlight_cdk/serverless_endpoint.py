"""An endpoint without instances: SageMaker runs its container while there are requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, Self

import jsii
from aws_cdk import Resource, Size, Tags
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk import aws_sns as sns
from aws_cdk.interfaces.aws_cloudwatch import IAlarmRef
from constructs import Construct

from pilotlight.spec import (
    AnyServerlessScaling,
    Deployment,
    FleetRefused,
    Refusal,
    ServerlessAlarms,
    ServerlessSpec,
)
from pilotlight_cdk.built_endpoint import build_endpoint
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.deployment_config import chosen_rollback_alarms
from pilotlight_cdk.endpoint_name import literal_name
from pilotlight_cdk.hosting_permissions import hosting_permissions
from pilotlight_cdk.imported_endpoint import ImportedServerlessEndpoint
from pilotlight_cdk.in_mebibytes import in_mebibytes
from pilotlight_cdk.invoked_endpoint import InvokedEndpoint
from pilotlight_cdk.model import Model
from pilotlight_cdk.serverless_alarms import ServerlessEndpointAlarms
from pilotlight_cdk.serverless_config import build_serverless_config
from pilotlight_cdk.serverless_metrics import ServerlessMetrics
from pilotlight_cdk.serverless_scaling import ServerlessScaling
from pilotlight_cdk.spec_of import spec_of
from pilotlight_cdk.surroundings import Surroundings

NO_TAGS: Final[Mapping[str, str]] = MappingProxyType({})
DEFAULT_ALARMS: Final = ServerlessAlarms()


@jsii.implements(sagemaker.IEndpoint)
class ServerlessEndpoint(InvokedEndpoint, Resource, ServerlessMetrics):
    """Hosts a model that is billed while it works. Without requests it costs nothing.

    A request that finds no container ready waits for one to start. There is no network isolation, no VPC, no
    GPU, no data capture, and one archive as the model's files at most.

    Args:
        model: what is hosted; with `network_isolation=False`, and an artifact that is one archive.
        memory_size: of the container, 1 to 6 GiB in whole ones; a number counts mebibytes. Default: 2 GiB.
        max_concurrency: requests that are worked on at once; more are refused. Default: 5.
        provisioned_concurrency: requests at once without a cold start, billed as long as it is set. Default:
            none.
        scaling: how the provisioned concurrency follows the load. Default: it stays.
        alarms: thresholds. Default: the model fails on 5 % of the requests, or 90 % of the maximum
            concurrency are in flight.
        deployment: how an update takes over. Default: SageMaker's, all at once.
        tags: on everything that it makes; the model is another construct. Default: none.
        endpoint_name: what callers use; it stays the same across updates. Default: from the construct's path.
        encryption_key: encrypts alarms. An imported key must let CloudWatch use it. Default: a `CustomerKey`
            of its own.
        alarm_topic: is told of alarms. Default: one of its own.
        rollback_alarms: take an update back when they go off, 10 at most. Default: with a `deployment`, the
            alarm on server errors, else none.

    Attributes:
        spec: the keywords as data.
        endpoint_name: a literal, not a reference.
        model: what is hosted.
        alarms: what tells people.
        scaling: of the provisioned concurrency; None when nothing scales it.
        cfn_endpoint_config: replaced by any change; it has no name of its own.
        cfn_endpoint: the endpoint itself.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        model: Model,
        memory_size: Size | int = 2048,
        max_concurrency: int = 5,
        provisioned_concurrency: int | None = None,
        scaling: AnyServerlessScaling | None = None,
        alarms: ServerlessAlarms = DEFAULT_ALARMS,
        deployment: Deployment | None = None,
        tags: Mapping[str, str] = NO_TAGS,
        endpoint_name: str | None = None,
        encryption_key: kms.IKey | None = None,
        alarm_topic: sns.ITopic | None = None,
        rollback_alarms: Sequence[IAlarmRef] | None = None,
    ) -> None:
        said = {**locals(), "memory_size": in_mebibytes(memory_size)}
        self.spec = spec_of(ServerlessSpec, ConstructPath(scope, id), said)
        model.refuse_unfit(None)
        _refuse_network(model)
        super().__init__(scope, id)
        self.model = model
        self._endpoint_name = literal_name(self, endpoint_name)
        around = Surroundings.of(self, self._endpoint_name, encryption_key)
        self.alarms = ServerlessEndpointAlarms(
            self,
            "Alarms",
            endpoint=self,
            endpoint_name=self._endpoint_name,
            alarm_topic=around.alarm_topic(alarm_topic),
            alarms=self.spec.alarms,
        )
        takes_back = chosen_rollback_alarms(
            ConstructPath(self), rollback_alarms, [self.alarms.server_errors], self.spec.deployment
        )
        model.hosting_role.permit(
            hosting_permissions(self, self._endpoint_name, rollback_alarms=takes_back, volume_key_arn=None),
        )
        self.cfn_endpoint_config = build_serverless_config(
            self, "Config", spec=self.spec, model_name=model.model_name
        )
        self.cfn_endpoint = build_endpoint(
            self,
            "Resource",
            endpoint_name=self._endpoint_name,
            config=self.cfn_endpoint_config,
            scaled=self.spec.scaling is not None,
            deployment=self.spec.deployment,
            rollback_alarms=takes_back,
        )
        self.scaling = self._build_scaling()
        for key, value in self.spec.tags.items():
            Tags.of(self).add(key, value)

    @classmethod
    def from_spec(cls, scope: Construct, id: str, spec: ServerlessSpec, *, model: Model, **live: Any) -> Self:
        """Build what a fleet file says; `live` are the keywords that a fleet file cannot hold."""
        kept = (name for name in ServerlessSpec.model_fields if name not in {"kind", "model"})
        return cls(scope, id, model=model, **{name: getattr(spec, name) for name in kept}, **live)

    @staticmethod
    def from_endpoint_name(scope: Construct, id: str, endpoint_name: str) -> ImportedServerlessEndpoint:
        """Take an endpoint that exists already, in this account and region, to grant and to watch it."""
        return ImportedServerlessEndpoint(scope, id, endpoint_name)

    def _build_scaling(self) -> ServerlessScaling | None:
        if self.spec.scaling is None:
            return None
        return ServerlessScaling(
            self,
            "Scaling",
            endpoint_name=self._endpoint_name,
            endpoint=self.cfn_endpoint,
            spec=self.spec.scaling,
        )


def _refuse_network(model: Model) -> None:
    """Raise FleetRefused when the model is in a VPC."""
    if model.cfn_model.vpc_config is not None:
        where, what = f"{model.node.path}.vpc", "serverless inference has no VPC"
        raise FleetRefused((Refusal("", None, where, what, "a VPC", "a Model without vpc"),))
