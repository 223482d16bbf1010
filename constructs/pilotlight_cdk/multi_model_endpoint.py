"""An endpoint of many models, which share its instances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, Literal, Self

import jsii
from aws_cdk import Duration, Resource, Size, Tags
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sagemaker as sagemaker
from aws_cdk import aws_sns as sns
from aws_cdk.interfaces.aws_cloudwatch import IAlarmRef
from constructs import Construct

from pilotlight.catalog.naming import models_prefix as default_prefix
from pilotlight.spec import AnyScaling, Deployment, MetricsConfig, MultiModelAlarms, MultiModelSpec
from pilotlight_cdk.built_endpoint import build_endpoint
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.deployment_config import chosen_rollback_alarms
from pilotlight_cdk.endpoint_name import literal_name
from pilotlight_cdk.hosting_permissions import hosting_permissions
from pilotlight_cdk.imported_endpoint import ImportedMultiModelEndpoint
from pilotlight_cdk.key_use import key_permissions
from pilotlight_cdk.model import Model
from pilotlight_cdk.model_store import ModelStore, refuse_no_prefix
from pilotlight_cdk.multi_model_alarms import MultiModelEndpointAlarms
from pilotlight_cdk.multi_model_config import build_multi_model_config
from pilotlight_cdk.multi_model_invocation import MultiModelInvocation
from pilotlight_cdk.multi_model_scaling import MultiModelScaling
from pilotlight_cdk.spec_of import spec_of
from pilotlight_cdk.surroundings import Surroundings
from pilotlight_cdk.volume_key import volume_key_arn

NO_TAGS: Final[Mapping[str, str]] = MappingProxyType({})
DEFAULT_ALARMS: Final = MultiModelAlarms()
SAID_OTHERWISE: Final = ("kind", "model", "warm_up")
"""Keys of the spec that are objects in Python; `WarmUp` is a construct of its own."""


@jsii.implements(sagemaker.IEndpoint)
class MultiModelEndpoint(MultiModelInvocation, Resource):
    """Hosts any number of models on shared instances: each is fetched and loaded when somebody asks for it.

    A request names its model as TargetModel: the key of its artefact below `models_prefix`. Whoever puts an
    artefact there adds a model, without a deployment; a new version of a model needs a new name, because
    instances keep what they have loaded. It never has zero instances.

    Args:
        model: the container, as Triton, without an artifact; no other endpoint can have it.
        instance_type: as `ml.g4dn.xlarge`; of those with GPUs only types with a single one.
        scaling: how many instances there are. Default: as many as at first.
        gpu_memory_percent: adds an instance when models fill the GPU memory this far; then none is ever taken
            away, unless `scaling` says so. Default: does not look at it.
        initial_instance_count: instances at creation. Default: 1.
        model_cache_setting: Disabled unloads and deletes a model after each answer. Default: keeps them.
        model_memory: mebibytes of a loaded model, for the embedded AWS. Default: the size of its artefact.
        alarms: thresholds. Default: models fail on 5 % of the requests, or requests wait 30 s for a model.
        deployment: how an update replaces instances. Default: SageMaker's, all at once.
        container_startup_health_check_timeout: time until the container answers. Default: SageMaker's.
        volume_size: storage of an instance, for fetched models. Default: SageMaker's choice.
        inference_ami_version: machine image of the instances. Default: SageMaker's choice.
        capacity_reservation_arn: the only place to start instances in. Default: anywhere.
        variant_instance_provision_timeout: time to find capacity. Default: SageMaker's.
        metrics_config: metrics beside the usual. Default: SageMaker's choice.
        core_dumps: keeps the memory of containers that crash, with requests and weights in it. Default: no.
        tags: on everything that it makes; the model is another construct. Default: none.
        endpoint_name: what callers use; it stays the same across updates. Default: from the construct's path.
        bucket: holds models and dumps. Default: one of its own.
        models_prefix: where in the bucket; ends in a slash. Default: `models/<endpoint name>/`.
        core_dump_prefix: where in the bucket dumps go. Default: `cores/<endpoint name>/`.
        encryption_key: encrypts models, dumps, volumes and alarms. An imported key must let CloudWatch use
            it. Default: a `CustomerKey` of its own.
        alarm_topic: is told of alarms. Default: one of its own.
        rollback_alarms: take an update back when they go off, 10 at most. Default: with a `deployment`, the
            alarm on server errors, else none.

    Attributes:
        spec: the keywords as data.
        endpoint_name: a literal, not a reference.
        models: where models are published.
        alarms: what tells people.
        scaling: the scalable target with its policies; None when nothing scales it.
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
        gpu_memory_percent: float | None = None,
        initial_instance_count: int = 1,
        model_cache_setting: Literal["Enabled", "Disabled"] = "Enabled",
        model_memory: int | None = None,
        alarms: MultiModelAlarms = DEFAULT_ALARMS,
        deployment: Deployment | None = None,
        container_startup_health_check_timeout: Duration | timedelta | None = None,
        volume_size: Size | int | None = None,
        inference_ami_version: str | None = None,
        capacity_reservation_arn: str | None = None,
        variant_instance_provision_timeout: Duration | timedelta | None = None,
        metrics_config: MetricsConfig | None = None,
        core_dumps: bool = False,
        tags: Mapping[str, str] = NO_TAGS,
        endpoint_name: str | None = None,
        bucket: s3.IBucket | None = None,
        models_prefix: str | None = None,
        core_dump_prefix: str | None = None,
        encryption_key: kms.IKey | None = None,
        alarm_topic: sns.ITopic | None = None,
        rollback_alarms: Sequence[IAlarmRef] | None = None,
    ) -> None:
        where = ConstructPath(scope, id)
        self.spec = spec_of(MultiModelSpec, where, locals())
        refuse_no_prefix(where, models_prefix)
        model.refuse_unfit(instance_type)
        super().__init__(scope, id)
        self.model = model
        self._endpoint_name = literal_name(self, endpoint_name)
        around = Surroundings.of(self, self._endpoint_name, encryption_key)
        self._key = around.encryption_key
        self.models = ModelStore(
            bucket=around.bucket(bucket),
            prefix=default_prefix(self._endpoint_name) if models_prefix is None else models_prefix,
            key=self._key,
        )
        model.host_many(
            self.models.bucket,
            self.models.prefix,
            cache_setting=self.spec.model_cache_setting,
            model_memory=self.spec.model_memory,
        )
        self.alarms = self._build_alarms(around.alarm_topic(alarm_topic))
        takes_back = chosen_rollback_alarms(
            ConstructPath(self), rollback_alarms, [self.alarms.server_errors], self.spec.deployment
        )
        key_arn = volume_key_arn(self._key, (instance_type,))
        dumps = around.core_dumps(core_dumps, bucket, core_dump_prefix)
        needed = hosting_permissions(
            self, self._endpoint_name, rollback_alarms=takes_back, volume_key_arn=key_arn
        )
        keys = key_permissions(self.models.encrypted_with)
        model.hosting_role.permit((*needed, *keys, *(() if dumps is None else dumps.permissions)))
        self.cfn_endpoint_config = build_multi_model_config(
            self,
            "Config",
            spec=self.spec,
            model_name=model.model_name,
            core_dumps=dumps,
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
        self.scaling = self._build_scaling()
        for key, value in self.spec.tags.items():
            Tags.of(self).add(key, value)

    @classmethod
    def from_spec(cls, scope: Construct, id: str, spec: MultiModelSpec, *, model: Model, **live: Any) -> Self:
        """Build what a fleet file says; `live` are the keywords that a fleet file cannot hold."""
        kept = (name for name in MultiModelSpec.model_fields if name not in SAID_OTHERWISE)
        return cls(scope, id, model=model, **{name: getattr(spec, name) for name in kept}, **live)

    @staticmethod
    def from_endpoint_name(scope: Construct, id: str, endpoint_name: str) -> ImportedMultiModelEndpoint:
        """Take an endpoint that exists already, in this account and region, to grant and to watch it."""
        return ImportedMultiModelEndpoint(scope, id, endpoint_name)

    def grant_publish_models(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let somebody add models: put artefacts below the prefix, list them, use the key."""
        return self.models.allow_publisher(grantee)

    def _build_alarms(self, topic: sns.ITopic) -> MultiModelEndpointAlarms:
        return MultiModelEndpointAlarms(
            self,
            "Alarms",
            endpoint=self,
            endpoint_name=self._endpoint_name,
            alarm_topic=topic,
            alarms=self.spec.alarms,
        )

    def _build_scaling(self) -> MultiModelScaling | None:
        if self.spec.scaling is None:
            return None
        return MultiModelScaling(
            self,
            "Scaling",
            endpoint_name=self._endpoint_name,
            endpoint=self.cfn_endpoint,
            spec=self.spec,
            bounds=self.spec.scaling,
        )
