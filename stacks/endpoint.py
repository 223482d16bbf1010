"""One endpoint of a fleet."""

from __future__ import annotations

from pathlib import Path
from typing import assert_never

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from pilotlight.catalog import naming
from pilotlight.spec import AsyncSpec, FleetSpec
from pilotlight_cdk import AsyncEndpoint, Model
from stacks.foundation import FoundationStack
from stacks.identity import environment_of, tags_of, title_of
from stacks.shared import Shared


class EndpointStack(Stack):
    """The model and the endpoint of one key of a fleet file; destroying it touches nothing else."""

    def __init__(
        self, scope: Construct, *, fleet: FleetSpec, key: str, foundation: FoundationStack, source_root: Path
    ) -> None:
        super().__init__(
            scope,
            naming.stack_name(fleet.name, key, fleet.stage),
            env=environment_of(fleet),
            description=f"Pilotlight fleet {title_of(fleet)}: {fleet.endpoints[key].kind} endpoint {key}",
            tags=tags_of(fleet, key),
        )
        self._fleet, self._key, self._source_root = fleet, key, source_root
        shared = Shared.seen_from(self, foundation)
        match fleet.endpoints[key]:
            case AsyncSpec() as spec:
                self._add_async_endpoint(spec, shared)
            case _ as never:
                assert_never(never)

    def _add_async_endpoint(self, spec: AsyncSpec, shared: Shared) -> None:
        model = Model.from_spec(
            self, "Model", spec.model, instance_type=spec.instance_type, source_root=self._source_root
        )
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
