"""Builds a batch transform of a fleet."""

from __future__ import annotations

from pilotlight.catalog import naming
from pilotlight.spec import BatchTransformSpec
from pilotlight_cdk import BatchTransform
from stacks.identity import tags_of
from stacks.place import Place


def build_batch_transform(place: Place, spec: BatchTransformSpec) -> None:
    """Build the model and the state machine; records and answers go to the foundation."""
    transform = BatchTransform.from_spec(
        place.stack,
        "Transform",
        spec,
        model=place.model(spec.model, spec.instance_type),
        state_machine_name=place.endpoint_name,
        prefixes=naming.transform_prefixes(place.key),
        bucket=place.shared.bucket,
        encryption_key=place.shared.encryption_key,
        alarm_topic=place.shared.alarm_topic,
        job_tags=tags_of(place.fleet, place.key),
    )
    place.output("StateMachineArn", transform.state_machine_arn, "Start this")
    place.output("InputUri", transform.storage.objects.uri, "Put records below this")
    place.output("OutputUri", transform.storage.output.uri, "Answers appear below this")
