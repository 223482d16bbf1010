"""Reads what a batch transform asks of SageMaker: the arguments of CreateTransformJob."""

from __future__ import annotations

from typing import Any

from pilotlight.catalog.naming import TransformPrefixes
from pilotlight.spec import DataProcessing, TransformInput, TransformOutput
from pilotlight.template.evaluation.symbol import symbols_in
from pilotlight.template.model_container import environment_of
from pilotlight.template.part import Part
from pilotlight.template.resource import Resources
from pilotlight.template.said import Said, built
from pilotlight.template.unread import UNSAID


def job_fields(request: Part) -> dict[str, Any]:
    """Read the fields of the spec that say on what a job runs, and how it asks its model."""
    request.leave("Tags", "TransformJobName")
    resources, client = request.part("TransformResources"), request.part("ModelClientConfig")
    fields: dict[str, Any] = {
        "batch_strategy": request.text("BatchStrategy"),
        "max_payload_in_mb": request.whole("MaxPayloadInMB"),
        "max_concurrent_transforms": request.whole("MaxConcurrentTransforms"),
        "environment": environment_of(request),
    }
    if resources is not None:
        resources.leave("VolumeKmsKeyId")
        fields["instance_type"] = resources.text("InstanceType")
        fields["instance_count"] = resources.whole("InstanceCount")
        fields["ami_version"] = resources.text("TransformAmiVersion")
    if client is not None:
        fields["invocations_timeout"] = client.seconds("InvocationsTimeoutInSeconds")
        fields["invocations_max_retries"] = client.whole("InvocationsMaxRetries")
    return fields


def data_of(resources: Resources, request: Part, prefixes: TransformPrefixes) -> dict[str, Any]:
    """Read where the data of a job is and what is done to it.

    Args:
        resources: all of them.
        request: the arguments.
        prefixes: where a fleet keeps the data of this transform in its own bucket.
    """
    return {
        "input": _input(resources, request.part("TransformInput"), prefixes),
        "output": _output(resources, request.part("TransformOutput"), prefixes),
        "data_processing": _processing(resources, request.part("DataProcessing")),
    }


def _input(resources: Resources, part: Part | None, prefixes: TransformPrefixes) -> TransformInput | None:
    source = None if part is None else part.part("DataSource")
    place = None if source is None else source.part("S3DataSource")
    if part is None or place is None:
        return None
    is_manifest = place.look("S3DataType") == "ManifestFile"
    return built(
        TransformInput,
        resources.notes,
        part.place,
        s3_data_type=place.text("S3DataType"),
        s3_uri=_elsewhere(place, "S3Uri", prefixes.manifest if is_manifest else prefixes.input),
        content_type=part.text("ContentType"),
        compression_type=part.text("CompressionType"),
        split_type=part.text("SplitType"),
    )


def _output(resources: Resources, part: Part | None, prefixes: TransformPrefixes) -> TransformOutput | None:
    if part is None:
        return None
    part.leave("KmsKeyId")
    return built(
        TransformOutput,
        resources.notes,
        part.place,
        s3_output_path=_elsewhere(part, "S3OutputPath", prefixes.output),
        accept=part.text("Accept"),
        assemble_with=part.text("AssembleWith"),
    )


def _processing(resources: Resources, part: Part | None) -> DataProcessing | None:
    if part is None:
        return None
    return built(
        DataProcessing,
        resources.notes,
        part.place,
        input_filter=part.text("InputFilter"),
        join_source=part.text("JoinSource"),
        output_filter=part.text("OutputFilter"),
    )


def _elsewhere(part: Part, key: str, prefix: str) -> Said[str] | None:
    """Read a place in S3 that the template names; None for the fleet's own, whose bucket has no name yet."""
    said = part.raw(key)
    if not symbols_in(said):
        return part.text(key)
    if not str(said).rstrip("/").endswith(f"/{prefix.rstrip('/')}"):
        part.note(key, f"{UNSAID}: {said}")
    return None
