"""An endpoint that answers its callers at once, on instances that stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, Self

import jsii
from aws_cdk import Duration, Resource, Size, Tags
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk import aws_sns as sns
from aws_cdk.interfaces.aws_cloudwatch import IAlarmRef
from constructs import Construct

from pilotlight.catalog.naming import VARIANT_NAME
from pilotlight.catalog.naming import capture_prefix as default_prefix
from pilotlight.spec import AnyScaling, DataCapture, Deployment, MetricsConfig, RealtimeAlarms, RealtimeSpec
from pilotlight.spec.path import Path
from pilotlight.spec.routing import RoutingStrategy
from pilotlight_cdk.built_endpoint import build_endpoint
from pilotlight_cdk.captured_data import CapturedData
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.deployment_config import chosen_rollback_alarms
from pilotlight_cdk.endpoint_name import literal_name
from pilotlight_cdk.hosted_variant import build_alarms, build_scaling
from pilotlight_cdk.hosting_permissions import hosting_permissions
from pilotlight_cdk.imported_endpoint import ImportedRealtimeEndpoint
from pilotlight_cdk.instance_pool import InstancePool, pools_of
from pilotlight_cdk.location import Location
from pilotlight_cdk.model import Model
from pilotlight_cdk.permission import Permission
from pilotlight_cdk.placed_variants import placed_variants
from pilotlight_cdk.realtime_alarms import RealtimeEndpointAlarms
from pilotlight_cdk.realtime_endpoint_config import build_realtime_config
from pilotlight_cdk.realtime_metrics import RealtimeMetrics
from pilotlight_cdk.spec_of import spec_of
from pilotlight_cdk.surroundings import Surroundings
from pilotlight_cdk.synchronous_endpoint import SynchronousEndpoint
from pilotlight_cdk.variant import ShadowVariant, Variant
from pilotlight_cdk.variant_metrics import VariantMetrics
from pilotlight_cdk.volume_key import volume_key_arn

NO_TAGS: Final[Mapping[str, str]] = MappingProxyType({})
NO_VARIANTS: Final[Mapping[str, Variant]] = MappingProxyType({})
DEFAULT_ALARMS: Final = RealtimeAlarms()
SAID_OTHERWISE: Final = ("kind", "model", "instance_pools", "variants", "shadow_variant", "warm_up")
"""Keys of the spec that are objects in Python; `WarmUp` is a construct of its own."""


@jsii.implements(sagemaker.IEndpoint)
class RealtimeEndpoint(SynchronousEndpoint, Resource, RealtimeMetrics):
    """Hosts models that answer while the caller waits. It never has zero instances.

    By default a request goes to the instance with the fewest in flight: answers of hundreds of milliseconds
    and more differ, and chance would queue short ones behind long ones. RANDOM is the better choice only when
    answers take milliseconds and are all alike, so that what is in flight says nothing.

    Args:
        model: what is hosted.
        instance_type: as `ml.g5.xlarge`.
        scaling: how many instances there are. Default: as many as at first.
        initial_instance_count: instances at creation. Default: 1.
        routing_strategy: which instance takes a request. Default: the one with the fewest in flight.
        prefix_length: with PREFIX_AWARE, how many bytes of a request count. Default: none, for the others.
        concurrency_threshold: with PREFIX_AWARE, requests in flight at which an instance gets no more for its
            prefixes. Default: none, for the others.
        weight: share of the requests for `model`, divided by all weights. Default: 1.
        variants: further models that take a share of the requests, by name. Default: none.
        shadow_variant: a model that is sent copies of requests; nobody gets its answers. Default: none.
        data_capture: keeps some of the requests and answers. Default: keeps none.
        alarms: thresholds. Default: the model fails on 5 % of the requests.
        deployment: how an update replaces instances. Default: SageMaker's, all at once.
        model_size: gibibytes of the artefact, from which time-outs and volume follow. Default: unknown.
        model_data_download_timeout: time to fetch the artefact. Default: by its size, or else SageMaker's.
        container_startup_health_check_timeout: time until the container answers. Default: likewise.
        volume_size: storage of an instance. Default: likewise.
        instance_pools: further types for when AWS has none of `instance_type`. Default: none.
        inference_ami_version: machine image of the instances. Default: SageMaker's choice.
        capacity_reservation_arn: the only place to start instances in. Default: anywhere.
        variant_instance_provision_timeout: time to find capacity. Default: SageMaker's.
        metrics_config: metrics beside the usual. Default: SageMaker's choice.
        core_dumps: keeps the memory of containers that crash, with requests and weights in it. Default: no.
        tags: on everything that it makes; the model is another construct. Default: none.
        endpoint_name: what callers use; it stays the same across updates. Default: from the construct's path.
        bucket: for captured data and dumps. Default: with either, one of its own.
        capture_prefix: where in the bucket. Default: `capture/<endpoint name>/`.
        core_dump_prefix: where in the bucket dumps go. Default: `cores/<endpoint name>/`.
        encryption_key: encrypts volumes, captured data, dumps and alarms. An imported key must let CloudWatch
            use it. Default: a `CustomerKey` of its own.
        alarm_topic: is told of alarms. Default: one of its own.
        rollback_alarms: take an update back when they go off, 10 at most. Default: with a `deployment`, the
            alarms on server errors of all variants, else none.

    Attributes:
        spec: the keywords as data.
        endpoint_name: a literal, not a reference.
        alarms: what tells people, about the endpoint's own variant.
        captured: where captured data are; None without `data_capture`.
        scaling: of the endpoint's own variant; None when nothing scales it.
        cfn_endpoint_config: replaced by any change; it has no name of its own.
        cfn_endpoint: the endpoint itself.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        model: Model,
        instance_type: str,
        scaling: AnyScaling | None = None,
        initial_instance_count: int = 1,
        routing_strategy: RoutingStrategy = "LEAST_OUTSTANDING_REQUESTS",
        prefix_length: int | None = None,
        concurrency_threshold: int | None = None,
        weight: float = 1,
        variants: Mapping[str, Variant] = NO_VARIANTS,
        shadow_variant: ShadowVariant | None = None,
        data_capture: DataCapture | None = None,
        alarms: RealtimeAlarms = DEFAULT_ALARMS,
        deployment: Deployment | None = None,
        model_size: Size | int | None = None,
        model_data_download_timeout: Duration | timedelta | None = None,
        container_startup_health_check_timeout: Duration | timedelta | None = None,
        volume_size: Size | int | None = None,
        instance_pools: Sequence[InstancePool] = (),
        inference_ami_version: str | None = None,
        capacity_reservation_arn: str | None = None,
        variant_instance_provision_timeout: Duration | timedelta | None = None,
        metrics_config: MetricsConfig | None = None,
        core_dumps: bool = False,
        tags: Mapping[str, str] = NO_TAGS,
        endpoint_name: str | None = None,
        bucket: s3.IBucket | None = None,
        capture_prefix: str | None = None,
        core_dump_prefix: str | None = None,
        encryption_key: kms.IKey | None = None,
        alarm_topic: sns.ITopic | None = None,
        rollback_alarms: Sequence[IAlarmRef] | None = None,
    ) -> None:
        said = spec_of(RealtimeSpec, ConstructPath(scope, id), locals())
        self.spec = model.with_time_to_load(said)
        self._variants = placed_variants(self.spec, model, instance_pools, variants, shadow_variant)
        super().__init__(scope, id)
        Location.inherit(self, scope)
        self._endpoint_name = literal_name(self, endpoint_name)
        around = Surroundings.of(self, self._endpoint_name, encryption_key)
        self._key, self._topic = around.encryption_key, around.alarm_topic(alarm_topic)
        self.captured = None
        if self.spec.data_capture is not None:
            where = default_prefix(self._endpoint_name) if capture_prefix is None else capture_prefix
            self.captured = CapturedData(around.bucket(bucket), where, self._key)
        self._dumps = around.core_dumps(core_dumps, bucket, core_dump_prefix)
        types = (name for each in self._variants.values() for name in each.spec.instance_types)
        self._volume_key_arn = volume_key_arn(self._key, types)
        own = self.variant(VARIANT_NAME)
        self.alarms = build_alarms(self, own, alarm_topic=self._topic, alarms=self.spec.alarms)
        watching = (self.alarms, *self._build_further_alarms())
        self._rollback_alarms = chosen_rollback_alarms(
            ConstructPath(self),
            rollback_alarms,
            [each.server_errors for each in watching],
            self.spec.deployment,
        )
        needed = self._permissions
        for each in (model for placed in self._variants.values() for model in placed.models):
            each.hosting_role.permit(needed)
        self.cfn_endpoint_config = self._build_config()
        self.cfn_endpoint = self._build_endpoint()
        self.scaling = build_scaling(self, own, endpoint=self.cfn_endpoint, hosted=self.spec)
        self._scale_variants()
        for key, value in self.spec.tags.items():
            Tags.of(self).add(key, value)

    @classmethod
    def from_spec(
        cls,
        scope: Construct,
        id: str,
        spec: RealtimeSpec,
        *,
        model: Model,
        variant_models: Mapping[str, Model] = MappingProxyType({}),
        other_models: Mapping[Path, Model] = MappingProxyType({}),
        **live: Any,
    ) -> Self:
        """Build what a fleet file says; `live` are the keywords that a fleet file cannot hold.

        Args:
            scope: parent of the endpoint.
            id: construct id.
            spec: what the fleet file says.
            model: of the endpoint's own variant.
            variant_models: of the further variants, by name. Default: there are none.
            other_models: of pools and of the shadow, by their paths in the fleet file. Default: none.
            live: the other keywords.
        """
        kept = (name for name in RealtimeSpec.model_fields if name not in SAID_OTHERWISE)
        data = {name: getattr(spec, name) for name in kept}
        variants = {
            name: Variant.from_spec(each, variant_models[name], other_models, ("variants", name))
            for name, each in spec.variants.items()
        }
        return cls(
            scope,
            id,
            model=model,
            instance_pools=pools_of(spec, other_models),
            variants=variants,
            shadow_variant=_shadow(spec, other_models),
            **data,
            **live,
        )

    @staticmethod
    def from_endpoint_name(scope: Construct, id: str, endpoint_name: str) -> ImportedRealtimeEndpoint:
        """Take an endpoint that exists already, in this account and region, to grant and to watch it."""
        return ImportedRealtimeEndpoint(scope, id, endpoint_name)

    def variant(self, name: str) -> VariantMetrics:
        """The metrics of one variant. Raises LookupError when there is none of this name."""
        if name not in self._variants:
            raise LookupError(f"variant, got {name!r}, allowed {', '.join(self._variants)}")
        return VariantMetrics(self._endpoint_name, name)

    @property
    def _permissions(self) -> tuple[Permission, ...]:
        """What the roles of all its models need."""
        needed = hosting_permissions(
            self,
            self._endpoint_name,
            rollback_alarms=self._rollback_alarms,
            volume_key_arn=self._volume_key_arn,
        )
        written = (each.permissions for each in (self.captured, self._dumps) if each is not None)
        return (*needed, *(permission for each in written for permission in each))

    def _build_config(self) -> sagemaker.CfnEndpointConfig:
        return build_realtime_config(
            self,
            "Config",
            spec=self.spec,
            variants=self._variants,
            captured=self.captured,
            core_dumps=self._dumps,
            volume_key_arn=self._volume_key_arn,
        )

    def _build_endpoint(self) -> sagemaker.CfnEndpoint:
        return build_endpoint(
            self,
            "Resource",
            endpoint_name=self._endpoint_name,
            config=self.cfn_endpoint_config,
            scaled=any(each.scaling is not None for each in (self.spec, *self.spec.variants.values())),
            deployment=self.spec.deployment,
            rollback_alarms=self._rollback_alarms,
        )

    def _build_further_alarms(self) -> list[RealtimeEndpointAlarms]:
        """Watch the further variants; each has a construct of its own below `Variants`."""
        further = Construct(self, "Variants") if self.spec.variants else None
        self._places = {name: Construct(further, name) for name in self.spec.variants if further is not None}
        return [
            build_alarms(place, self.variant(name), alarm_topic=self._topic, alarms=self.spec.alarms)
            for name, place in self._places.items()
        ]

    def _scale_variants(self) -> None:
        for name, place in self._places.items():
            hosted = self.spec.variants[name]
            build_scaling(place, self.variant(name), endpoint=self.cfn_endpoint, hosted=hosted)


def _shadow(spec: RealtimeSpec, models: Mapping[Path, Model]) -> ShadowVariant | None:
    if spec.shadow_variant is None:
        return None
    path = ("shadow_variant",)
    return ShadowVariant.from_spec(spec.shadow_variant, models[(*path, "model")], models, path)
