"""Builds an asynchronous endpoint of a fleet."""

from __future__ import annotations

from pilotlight.catalog import naming
from pilotlight.spec import AsyncSpec
from pilotlight_cdk import AsyncEndpoint
from stacks.place import Place


def build_async_endpoint(place: Place, spec: AsyncSpec) -> None:
    """Build the model and the endpoint; requests, answers and their status go to the foundation."""
    endpoint = AsyncEndpoint.from_spec(
        place.stack,
        "Endpoint",
        spec,
        model=place.model(spec.model, spec.instance_type),
        other_models=place.other_models(spec.hosted),
        endpoint_name=place.endpoint_name,
        prefixes=naming.async_prefixes(place.key),
        bucket=place.shared.bucket,
        core_dump_prefix=naming.core_dump_prefix(place.key),
        encryption_key=place.shared.encryption_key,
        status_table=place.shared.status_table,
        alarm_topic=place.shared.alarm_topic,
    )
    place.output("EndpointName", endpoint.endpoint_name, "Invoke this")
    place.output("SuccessTopicArn", endpoint.success_topic.topic_arn, "Told of answers")
    place.output("ErrorTopicArn", endpoint.error_topic.topic_arn, "Told of failures")
