"""What the endpoints of a `ContainerModel` share: everything but how a request reaches a container."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Any, ClassVar, Final, Generic, Self, TypeVar, cast

from aws_cdk import Duration, Resource, Size, Tags
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk.interfaces.aws_cloudwatch import IAlarmRef
from constructs import Construct

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.catalog.naming import capture_prefix as default_prefix
from pilotlight.spec import AnyScaling, DataCapture, Deployment, ModelSpec, RealtimeAlarms
from pilotlight.spec.containers_on_instances import ContainersOnInstances
from pilotlight.spec.routing import RoutingStrategy
from pilotlight_cdk.built_endpoint import build_endpoint
from pilotlight_cdk.captured_data import CapturedData
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.container_model import ContainerModel, Mode
from pilotlight_cdk.containers_config import build_containers_config
from pilotlight_cdk.deployment_config import chosen_rollback_alarms
from pilotlight_cdk.endpoint_name import literal_name
from pilotlight_cdk.hosted_variant import build_alarms, build_scaling
from pilotlight_cdk.hosting_permissions import hosting_permissions
from pilotlight_cdk.live_references import refuse_plain
from pilotlight_cdk.realtime_alarms import RealtimeEndpointAlarms
from pilotlight_cdk.spec_of import spec_of
from pilotlight_cdk.surroundings import Surroundings
from pilotlight_cdk.synchronous_endpoint import SynchronousEndpoint
from pilotlight_cdk.variant_metrics import VariantMetrics
from pilotlight_cdk.volume_key import volume_key_arn

S = TypeVar("S", bound=ContainersOnInstances)
NO_TAGS: Final[Mapping[str, str]] = MappingProxyType({})
DEFAULT_ALARMS: Final = RealtimeAlarms()


class ContainersEndpoint(SynchronousEndpoint, Resource, Generic[S]):
    """Hosts a `ContainerModel`; the two ways to reach its containers are `SPEC` and `MODE` of a subclass.

    Args:
        model: the containers; a pipeline takes them in their order. It is of one sort of endpoint only.
        instance_type: as `ml.m5.xlarge`.
        scaling: how many instances there are. Default: as many as at first.
        initial_instance_count: instances at creation. Default: 1.
        routing_strategy: which instance takes a request. Default: the one with the fewest in flight.
        prefix_length: with PREFIX_AWARE, how many bytes of a request count. Default: none, for the others.
        concurrency_threshold: with PREFIX_AWARE, requests in flight at which an instance gets no more for its
            prefixes. Default: none, for the others.
        data_capture: keeps some of the requests and answers. Default: keeps none.
        alarms: thresholds, of the endpoint and of each container that a request can name. Default: 5 % of the
            requests fail.
        deployment: how an update replaces instances. Default: SageMaker's, all at once.
        model_size: gibibytes of the artefacts, from which time-outs and volume follow. Default: unknown.
        model_data_download_timeout: time to fetch the artefacts. Default: by their size, or else SageMaker's.
        container_startup_health_check_timeout: time until a container answers. Default: likewise.
        volume_size: storage of an instance. Default: likewise.
        inference_ami_version: machine image of the instances. Default: SageMaker's choice.
        capacity_reservation_arn: the only place to start instances in. Default: anywhere.
        variant_instance_provision_timeout: time to find capacity. Default: SageMaker's.
        tags: on everything that it makes; the model is another construct. Default: none.
        endpoint_name: what callers use; it stays the same across updates. Default: from the construct's path.
        bucket: for captured data. Default: with `data_capture`, one of its own.
        capture_prefix: where in the bucket. Default: `capture/<endpoint name>/`.
        encryption_key: encrypts volumes, captured data and alarms. An imported key must let CloudWatch use
            it. Default: a `CustomerKey` of its own.
        alarm_topic: is told of alarms. Default: one of its own.
        rollback_alarms: take an update back when they go off, 10 at most. Default: with a `deployment`, the
            alarms on server errors of the endpoint and of its containers, as far as 10 go, else none.

    Attributes:
        spec: the keywords as data.
        endpoint_name: a literal, not a reference.
        model: what is hosted.
        alarms: what tells people about all requests together.
        container_alarms: the same for each container that a request can name; empty in a pipeline.
        captured: where captured data are; None without `data_capture`.
        scaling: None when nothing scales it.
        cfn_endpoint_config: replaced by any change; it has no name of its own.
        cfn_endpoint: the endpoint itself.
    """

    SPEC: ClassVar[type[ContainersOnInstances]]
    """Its keywords as data."""

    MODE: ClassVar[Mode]
    """How requests reach the containers."""

    spec: S

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        model: ContainerModel,
        instance_type: str,
        scaling: AnyScaling | None = None,
        initial_instance_count: int = 1,
        routing_strategy: RoutingStrategy = "LEAST_OUTSTANDING_REQUESTS",
        prefix_length: int | None = None,
        concurrency_threshold: int | None = None,
        data_capture: DataCapture | None = None,
        alarms: RealtimeAlarms = DEFAULT_ALARMS,
        deployment: Deployment | None = None,
        model_size: Size | int | None = None,
        model_data_download_timeout: Duration | timedelta | None = None,
        container_startup_health_check_timeout: Duration | timedelta | None = None,
        volume_size: Size | int | None = None,
        inference_ami_version: str | None = None,
        capacity_reservation_arn: str | None = None,
        variant_instance_provision_timeout: Duration | timedelta | None = None,
        tags: Mapping[str, str] = NO_TAGS,
        endpoint_name: str | None = None,
        bucket: s3.IBucket | None = None,
        capture_prefix: str | None = None,
        encryption_key: kms.IKey | None = None,
        alarm_topic: sns.ITopic | None = None,
        rollback_alarms: Sequence[IAlarmRef] | None = None,
    ) -> None:
        refuse_plain(ConstructPath(scope, id), {"model": model})
        said = {**locals(), "containers": self._containers(model.specs)}
        self.spec = cast("S", spec_of(self.SPEC, ConstructPath(scope, id), said))
        model.refuse_unfit(instance_type)
        model.answer(self.MODE)
        super().__init__(scope, id)
        self.model = model
        self._endpoint_name = literal_name(self, endpoint_name)
        around = Surroundings.of(self, self._endpoint_name, encryption_key)
        self.captured = None
        if self.spec.data_capture is not None:
            where = default_prefix(self._endpoint_name) if capture_prefix is None else capture_prefix
            self.captured = CapturedData(around.bucket(bucket), where, around.encryption_key)
            model.hosting_role.expect(self.captured.permissions)
        own, topic = VariantMetrics(self._endpoint_name, VARIANT_NAME), around.alarm_topic(alarm_topic)
        self.alarms = build_alarms(self, own, alarm_topic=topic, alarms=self.spec.alarms)
        self.container_alarms = self._build_container_alarms(topic)
        watching = (self.alarms, *self.container_alarms.values())
        takes_back = chosen_rollback_alarms(
            ConstructPath(self),
            rollback_alarms,
            [each.server_errors for each in watching],
            self.spec.deployment,
        )
        key_arn = volume_key_arn(around.encryption_key, (instance_type,))
        model.hosting_role.permit(
            hosting_permissions(
                self, self._endpoint_name, rollback_alarms=takes_back, volume_key_arn=key_arn
            ),
        )
        self.cfn_endpoint_config = build_containers_config(
            self,
            "Config",
            spec=self.spec,
            model_name=model.model_name,
            captured=self.captured,
            volume_key_arn=key_arn,
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
        self.scaling = build_scaling(self, own, endpoint=self.cfn_endpoint, hosted=self.spec)
        for key, value in self.spec.tags.items():
            Tags.of(self).add(key, value)

    @classmethod
    def from_spec(cls, scope: Construct, id: str, spec: S, *, model: ContainerModel, **live: Any) -> Self:
        """Build what a fleet file says; `live` are the keywords that a fleet file cannot hold."""
        kept = (name for name in cls.SPEC.model_fields if name not in {"kind", "containers"})
        return cls(scope, id, model=model, **{name: getattr(spec, name) for name in kept}, **live)

    @staticmethod
    @abstractmethod
    def _containers(specs: Mapping[str, ModelSpec]) -> Any:
        """Write the containers of a model as the spec of the endpoint has them."""

    def _build_container_alarms(self, alarm_topic: sns.ITopic) -> Mapping[str, RealtimeEndpointAlarms]:
        """Watch each container by itself, where AWS publishes how it answers."""
        del alarm_topic
        return {}

    def _name_of(self, container: str) -> str:
        """Give the name of a container. Raises LookupError when there is none of this name."""
        if container not in self.model.specs:
            raise LookupError(f"container, got {container!r}, allowed {', '.join(self.model.specs)}")
        return container
