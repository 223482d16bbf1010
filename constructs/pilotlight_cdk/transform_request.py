"""What a batch transform asks of SageMaker, in the words of CreateTransformJob."""

from __future__ import annotations

from typing import Any

from pilotlight.spec import BatchTransformSpec, DataProcessing, TransformInput, TransformOutput
from pilotlight_cdk.transform_surrounding import TransformSurrounding

Json = dict[str, Any]


def transform_request(spec: BatchTransformSpec, around: TransformSurrounding) -> Json:
    """Give the request without the name of the job; what the spec leaves open is left to SageMaker."""
    return _given(
        ModelName=around.model_name,
        TransformInput=_input(spec.input, around.input_uri),
        TransformOutput=_output(spec.output, around),
        TransformResources=_resources(spec, around),
        DataProcessing=_processing(spec.data_processing),
        BatchStrategy=spec.batch_strategy,
        MaxPayloadInMB=spec.max_payload_in_mb,
        MaxConcurrentTransforms=spec.max_concurrent_transforms,
        ModelClientConfig=_client(spec),
        Environment=dict(spec.environment) or None,
        Tags=[{"Key": key, "Value": value} for key, value in sorted(around.job_tags.items())] or None,
    )


def _input(spec: TransformInput, uri: str) -> Json:
    return _given(
        DataSource={"S3DataSource": {"S3DataType": spec.s3_data_type, "S3Uri": uri}},
        ContentType=spec.content_type,
        CompressionType=spec.compression_type,
        SplitType=spec.split_type,
    )


def _output(spec: TransformOutput, around: TransformSurrounding) -> Json:
    return _given(
        S3OutputPath=around.output_uri,
        Accept=spec.accept,
        AssembleWith=spec.assemble_with,
        KmsKeyId=around.output_key_id,
    )


def _resources(spec: BatchTransformSpec, around: TransformSurrounding) -> Json:
    return _given(
        InstanceType=spec.instance_type,
        InstanceCount=spec.instance_count,
        VolumeKmsKeyId=around.volume_key_id,
        TransformAmiVersion=spec.ami_version,
    )


def _processing(spec: DataProcessing) -> Json | None:
    if spec.changes_nothing:
        return None
    return {
        "InputFilter": spec.input_filter,
        "JoinSource": spec.join_source,
        "OutputFilter": spec.output_filter,
    }


def _client(spec: BatchTransformSpec) -> Json | None:
    timeout = spec.invocations_timeout
    given = _given(
        InvocationsTimeoutInSeconds=None if timeout is None else round(timeout.total_seconds()),
        InvocationsMaxRetries=spec.invocations_max_retries,
    )
    return given or None


def _given(**values: Any) -> Json:
    return {name: value for name, value in values.items() if value is not None}
