"""An asynchronous endpoint: requests wait in a queue, instances come and go with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, Self

from aws_cdk import Duration, Size, Tags
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk import aws_sns as sns
from aws_cdk.interfaces.aws_cloudwatch import IAlarmRef
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.catalog.naming import AsyncPrefixes
from pilotlight.spec import AsyncAlarms, AsyncSpec, BacklogScaling, Deployment, MetricsConfig, Notify
from pilotlight.spec.path import Path
from pilotlight_cdk.async_endpoint_config import build_endpoint_config
from pilotlight_cdk.async_metrics import AsyncMetrics
from pilotlight_cdk.built_endpoint import build_endpoint
from pilotlight_cdk.completion_pipeline import CompletionPipeline
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.core_dumps import CoreDumps
from pilotlight_cdk.deployment_config import chosen_rollback_alarms
from pilotlight_cdk.endpoint_alarms import EndpointAlarms
from pilotlight_cdk.endpoint_arn import arn_of_endpoint
from pilotlight_cdk.endpoint_name import literal_name
from pilotlight_cdk.hosting_permissions import hosting_permissions
from pilotlight_cdk.instance_pool import InstancePool, pools_of
from pilotlight_cdk.key_use import key_permissions, use_table_key
from pilotlight_cdk.model import Model
from pilotlight_cdk.permission import Permission, allow
from pilotlight_cdk.placed_variant import PlacedVariant
from pilotlight_cdk.sleep_and_wake import SleepAndWake
from pilotlight_cdk.spec_of import spec_of
from pilotlight_cdk.surroundings import Surroundings
from pilotlight_cdk.volume_key import volume_key_arn

NO_TAGS: Final[Mapping[str, str]] = MappingProxyType({})
DEFAULT_SCALING: Final = BacklogScaling()
DEFAULT_NOTIFY: Final = Notify()
DEFAULT_ALARMS: Final = AsyncAlarms()
SAID_OTHERWISE: Final = ("kind", "model", "instance_pools")
"""Keys of the spec that are objects in Python."""


class AsyncEndpoint(Construct, AsyncMetrics):
    """Hosts a model that sleeps at zero instances and wakes on the first request.

    It starts with one instance, because SageMaker refuses to create an endpoint with none, and is billed for
    it until it first falls asleep. Changing `instance_type` while the endpoint exists needs two deployments,
    the first without its child `Scaling`, as SageMaker refuses it while scaling is attached (Application Auto
    Scaling User Guide, SageMaker).

    Args:
        model: what is hosted.
        instance_type: as `ml.m5.large`.
        initial_instance_count: instances at creation. Default: 1, the least SageMaker accepts.
        max_concurrent_invocations_per_instance: requests an instance works on at once.
            Default: SageMaker's choice.
        scaling: capacities, target and cool-downs. Default: 0 to 1 instances, 5 requests per instance.
        notify: who learns that a request has ended. Default: the two topics only.
        alarms: thresholds. Default: one hour of age, one expired, failed or unrecorded request.
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
        prefixes: where requests and answers are in the bucket. Default: below `async/<endpoint name>/`.
        bucket: for requests, answers and dumps. Default: one of its own, which expires them after 30 days.
        core_dump_prefix: where in the bucket dumps go. Default: `cores/<endpoint name>/`.
        encryption_key: encrypts bucket, topics, queues, table, logs and volumes. An imported key must let
            SNS, CloudWatch, EventBridge and CloudWatch Logs use it. Default: a `CustomerKey` of its own.
        success_topic: is told of answers. Default: one of its own.
        error_topic: is told of failures. Default: one of its own.
        alarm_topic: is told of alarms. Default: one of its own.
        status_table: holds the rows when `notify.status_table` is set. Default: one of its own.
        event_bus: gets an event per final state when `notify.status_table` is set. Default: the account's.
        rollback_alarms: take an update back when they go off, 10 at most. Default: with a `deployment`, the
            endpoint's alarm on failures, else none.

    Attributes:
        spec: the keywords as data.
        endpoint_name: a literal, not a reference.
        storage: where requests and answers are.
        success_topic: is told of answers.
        error_topic: is told of failures.
        status_table: has a row for each request; None without `notify.status_table`.
        scaling: the scalable target with its policies.
        completion: the pipeline of ended requests; None without `notify.status_table`.
        alarms: what tells people.
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
        initial_instance_count: int = 1,
        max_concurrent_invocations_per_instance: int | None = None,
        scaling: BacklogScaling = DEFAULT_SCALING,
        notify: Notify = DEFAULT_NOTIFY,
        alarms: AsyncAlarms = DEFAULT_ALARMS,
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
        prefixes: AsyncPrefixes | None = None,
        bucket: s3.IBucket | None = None,
        core_dump_prefix: str | None = None,
        encryption_key: kms.IKey | None = None,
        success_topic: sns.ITopic | None = None,
        error_topic: sns.ITopic | None = None,
        alarm_topic: sns.ITopic | None = None,
        status_table: dynamodb.ITable | None = None,
        event_bus: events.IEventBus | None = None,
        rollback_alarms: Sequence[IAlarmRef] | None = None,
    ) -> None:
        spec = spec_of(AsyncSpec, ConstructPath(scope, id), locals())
        placed = PlacedVariant(model.with_time_to_load(spec), model, instance_pools)
        placed.refuse_unfit_images()
        super().__init__(scope, id)
        self.spec, self.model, self._placed = model.with_time_to_load(spec), model, placed
        self.endpoint_name = literal_name(self, endpoint_name)
        around = Surroundings.of(self, self.endpoint_name, encryption_key)
        self.storage = around.storage(bucket, prefixes)
        self.success_topic = around.success_topic(success_topic)
        self.error_topic = around.error_topic(error_topic)
        self.status_table = around.status_table(status_table) if spec.notify.status_table else None
        self.completion = self._build_completion(event_bus)
        self.alarms = self._build_alarms(around.alarm_topic(alarm_topic))
        self._rollback_alarms = chosen_rollback_alarms(
            ConstructPath(self), rollback_alarms, [self.alarms.failures], self.spec.deployment
        )
        dumps = around.core_dumps(core_dumps, bucket, core_dump_prefix)
        for each in placed.models:
            each.hosting_role.permit((*self._permissions, *(() if dumps is None else dumps.permissions)))
        self.cfn_endpoint_config = self._build_config(dumps)
        self.cfn_endpoint = self._build_endpoint()
        self.scaling = self._build_scaling()
        for key, value in spec.tags.items():
            Tags.of(self).add(key, value)

    @classmethod
    def from_spec(
        cls,
        scope: Construct,
        id: str,
        spec: AsyncSpec,
        *,
        model: Model,
        other_models: Mapping[Path, Model] = MappingProxyType({}),
        **live: Any,
    ) -> Self:
        """Build what a fleet file says; `live` are the keywords that a fleet file cannot hold.

        Args:
            scope: parent of the endpoint.
            id: construct id.
            spec: what the fleet file says.
            model: what is hosted.
            other_models: of pools, by their paths in the fleet file. Default: there are none.
            live: the other keywords.
        """
        kept = (name for name in AsyncSpec.model_fields if name not in SAID_OTHERWISE)
        data = {name: getattr(spec, name) for name in kept}
        return cls(scope, id, model=model, instance_pools=pools_of(spec, other_models), **data, **live)

    @property
    def endpoint_arn(self) -> str:
        """The ARN of the endpoint, for policies."""
        return arn_of_endpoint(self, self.endpoint_name)

    def grant_invoke_async(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let somebody submit requests and fetch their answers, with everything that takes.

        That is to invoke the endpoint, to put objects below the input prefix, to get them below the output
        and failure prefixes, to use the key, and, with a status table, to write and read rows of it.
        """
        grant = allow(grantee, (actions.INVOKE_ENDPOINT_ASYNC,), (self.endpoint_arn,))
        grant = grant.combine(self.storage.allow_caller(grantee))
        if self.status_table is not None:
            use_table_key(grantee, self.status_table.encryption_key)
            grant = grant.combine(allow(grantee, actions.KEEP_STATUS_ROWS, (self.status_table.table_arn,)))
        return grant

    @property
    def _permissions(self) -> tuple[Permission, ...]:
        """What the roles of its models need."""
        topics = (self.success_topic, self.error_topic)
        return (
            *self.storage.permissions,
            Permission((actions.PUBLISH,), [each.topic_arn for each in topics]),
            *key_permissions(*(each.master_key for each in topics)),
            *hosting_permissions(
                self,
                self.endpoint_name,
                rollback_alarms=self._rollback_alarms,
                volume_key_arn=volume_key_arn(self.storage.key, self.spec.instance_types),
            ),
        )

    def _build_config(self, dumps: CoreDumps | None) -> sagemaker.CfnEndpointConfig:
        return build_endpoint_config(
            self,
            "Config",
            placed=self._placed,
            spec=self.spec,
            core_dumps=dumps,
            storage=self.storage,
            success_topic=self.success_topic,
            error_topic=self.error_topic,
        )

    def _build_endpoint(self) -> sagemaker.CfnEndpoint:
        return build_endpoint(
            self,
            "Resource",
            endpoint_name=self.endpoint_name,
            config=self.cfn_endpoint_config,
            scaled=True,
            deployment=self.spec.deployment,
            rollback_alarms=self._rollback_alarms,
        )

    def _build_scaling(self) -> SleepAndWake:
        return SleepAndWake(
            self,
            "Scaling",
            endpoint_name=self.endpoint_name,
            endpoint=self.cfn_endpoint,
            spec=self.spec.scaling,
        )

    def _build_completion(self, event_bus: events.IEventBus | None) -> CompletionPipeline | None:
        if self.status_table is None:
            return None
        return CompletionPipeline(
            self,
            "Completion",
            success_topic=self.success_topic,
            error_topic=self.error_topic,
            status_table=self.status_table,
            encryption_key=self.storage.key,
            retention=self.spec.notify.retention,
            event_bus=event_bus,
        )

    def _build_alarms(self, alarm_topic: sns.ITopic) -> EndpointAlarms:
        return EndpointAlarms(
            self,
            "Alarms",
            endpoint=self,
            endpoint_name=self.endpoint_name,
            alarm_topic=alarm_topic,
            alarms=self.spec.alarms,
            dead_letter_queue=None if self.completion is None else self.completion.dead_letter_queue,
        )
