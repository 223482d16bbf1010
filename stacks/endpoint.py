"""One endpoint of a fleet."""

from __future__ import annotations

from pathlib import Path
from typing import assert_never

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from pilotlight.catalog import naming
from pilotlight.spec import AsyncSpec, EndpointSpec, FleetSpec, MultiModelSpec, RealtimeSpec, VariantSpec
from pilotlight_cdk import AsyncEndpoint, Model, MultiModelEndpoint, RealtimeEndpoint
from stacks.foundation import FoundationStack
from stacks.identity import environment_of, tags_of, title_of
from stacks.network import NetworkStack, network_of
from stacks.shared import Shared


class EndpointStack(Stack):
    """The model and the endpoint of one key of a fleet file; destroying it touches nothing else."""

    def __init__(
        self,
        scope: Construct,
        *,
        fleet: FleetSpec,
        key: str,
        foundation: FoundationStack,
        source_root: Path,
        network: NetworkStack | None = None,
    ) -> None:
        super().__init__(
            scope,
            naming.stack_name(fleet.name, key, fleet.stage),
            env=environment_of(fleet),
            description=f"Pilotlight fleet {title_of(fleet)}: {fleet.endpoints[key].kind} endpoint {key}",
            tags=tags_of(fleet, key),
        )
        self._fleet, self._key, self._source_root = fleet, key, source_root
        self._network = network_of(self, fleet, network) if self._has_open_models() else {}
        shared = Shared.seen_from(self, foundation)
        match fleet.endpoints[key]:
            case AsyncSpec() as spec:
                self._add_async_endpoint(spec, shared)
            case RealtimeSpec() as spec:
                self._add_realtime_endpoint(spec, shared)
            case MultiModelSpec() as spec:
                self._add_multi_model_endpoint(spec, shared)
            case _ as never:
                assert_never(never)

    def _add_async_endpoint(self, spec: AsyncSpec, shared: Shared) -> None:
        model = self._model(self, "Model", spec)
        endpoint = AsyncEndpoint.from_spec(
            self,
            "Endpoint",
            spec,
            model=model,
            endpoint_name=naming.endpoint_name(self._fleet.name, self._key, self._fleet.stage),
            prefixes=naming.async_prefixes(self._key),
            bucket=shared.bucket,
            encryption_key=shared.encryption_key,
            status_table=shared.status_table,
            alarm_topic=shared.alarm_topic,
        )
        CfnOutput(self, "EndpointName", value=endpoint.endpoint_name, description="Invoke this")
        CfnOutput(
            self, "SuccessTopicArn", value=endpoint.success_topic.topic_arn, description="Told of answers"
        )
        CfnOutput(self, "ErrorTopicArn", value=endpoint.error_topic.topic_arn, description="Told of failures")

    def _add_realtime_endpoint(self, spec: RealtimeSpec, shared: Shared) -> None:
        endpoint = RealtimeEndpoint.from_spec(
            self,
            "Endpoint",
            spec,
            model=self._model(self, "Model", spec),
            variant_models=self._variant_models(spec),
            endpoint_name=naming.endpoint_name(self._fleet.name, self._key, self._fleet.stage),
            bucket=shared.bucket,
            capture_prefix=naming.capture_prefix(self._key),
            encryption_key=shared.encryption_key,
            alarm_topic=shared.alarm_topic,
        )
        CfnOutput(self, "EndpointName", value=endpoint.endpoint_name, description="Invoke this")

    def _add_multi_model_endpoint(self, spec: MultiModelSpec, shared: Shared) -> None:
        endpoint = MultiModelEndpoint.from_spec(
            self,
            "Endpoint",
            spec,
            model=self._model(self, "Model", spec),
            endpoint_name=naming.endpoint_name(self._fleet.name, self._key, self._fleet.stage),
            bucket=shared.bucket,
            models_prefix=naming.models_prefix(self._key),
            encryption_key=shared.encryption_key,
            alarm_topic=shared.alarm_topic,
        )
        CfnOutput(self, "EndpointName", value=endpoint.endpoint_name, description="Invoke this")
        CfnOutput(self, "ModelsUri", value=endpoint.models.uri, description="Publish models below this")

    def _has_open_models(self) -> bool:
        """Whether a container of this endpoint has a network at all."""
        endpoint = self._fleet.endpoints[self._key]
        hosted = (endpoint, *getattr(endpoint, "variants", {}).values())
        return not all(each.model.network_isolation for each in hosted)

    def _variant_models(self, spec: RealtimeSpec) -> dict[str, Model]:
        if not spec.variants:
            return {}
        place = Construct(self, "VariantModels")
        return {name: self._model(place, name, variant) for name, variant in spec.variants.items()}

    def _model(self, scope: Construct, id: str, hosted: EndpointSpec | VariantSpec) -> Model:
        return Model.from_spec(
            scope,
            id,
            hosted.model,
            instance_type=hosted.instance_type,
            source_root=self._source_root,
            **({} if hosted.model.network_isolation else self._network),
        )
