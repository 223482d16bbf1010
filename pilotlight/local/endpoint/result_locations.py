"""Where the answer to a request goes, and where its failure."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from pilotlight.local.containers.s3_location import S3Location
from pilotlight.local.control_plane.async_inference_record import AsyncInferenceRecord
from pilotlight.local.endpoint.async_invocation import AsyncInvocation


@dataclass(frozen=True, slots=True)
class ResultLocations:
    """The two objects of which one is written when a request ends."""

    output: S3Location
    failure: S3Location


def result_locations(
    invocation: AsyncInvocation, inference_id: str, config: AsyncInferenceRecord
) -> ResultLocations:
    """S3OutputPath, then S3OutputPathExtension, then Filename.

    Without Filename SageMaker "generates a filename based on the inference ID" (botocore 1.44.5), which
    public samples of its messages show to be another UUID than the id, ending in `.out`. Assumed: the failure
    is `<same>-error.out`, and goes to S3OutputPath when the configuration has no S3FailurePath. Raises
    ValueError when the configuration has no S3OutputPath.
    """
    if config.output_path is None:
        msg = "the endpoint configuration has no S3OutputPath"
        raise ValueError(msg)
    generated = str(uuid5(NAMESPACE_URL, f"{invocation.endpoint_name}/{inference_id}"))
    name = f"{generated}.out" if invocation.filename is None else invocation.filename
    stem = generated if invocation.filename is None else invocation.filename.partition(".")[0]
    failures = config.output_path if config.failure_path is None else config.failure_path
    return ResultLocations(
        output=_folder(config.output_path, invocation).below(name),
        failure=_folder(failures, invocation).below(f"{stem}-error.out"),
    )


def _folder(path: str, invocation: AsyncInvocation) -> S3Location:
    location = S3Location.parse(path)
    extension = invocation.output_path_extension
    return location if extension is None else location.below(extension.strip("/"))
