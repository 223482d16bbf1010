"""Where the data of a batch transform is, what it is, and how it is taken apart and put together."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo

from pilotlight.catalog.batch_transform import MIME_TYPE, S3_URI
from pilotlight.catalog.buckets import BUCKET_NAME_PATTERN
from pilotlight.spec.base import Spec
from pilotlight.spec.bucket import S3, in_bucket, refuse_impossible_place
from pilotlight.spec.json_path import WHOLE, JsonPath
from pilotlight.spec.refusing import refused
from pilotlight.spec.states_text import refuse_expression

SplitType = Literal["None", "Line", "RecordIO", "TFRecord"]


def _uri(value: str, info: ValidationInfo) -> str:
    refuse_expression(value)
    bucket, key = in_bucket(value)
    if not value.startswith(S3) or not key:
        raise refused("not a place in S3", allowed="s3://bucket/prefix/")
    refuse_impossible_place(bucket, key, info)
    if not S3_URI.allows(len(value)):
        raise refused("too long", got=f"{len(value)} characters", allowed=str(S3_URI))
    return value


def _mime_type(value: str) -> str:
    refuse_expression(value)
    if not MIME_TYPE.allows(len(value)) or not value.isprintable():
        raise refused("not a content type", allowed=f"as text/csv, {MIME_TYPE}")
    return value


S3Uri = Annotated[
    str, AfterValidator(_uri), Field(json_schema_extra={"pattern": f"^{S3}{BUCKET_NAME_PATTERN}/.+$"})
]
MimeType = Annotated[str, AfterValidator(_mime_type)]


class TransformInput(Spec):
    """The objects that a job reads."""

    s3_data_type: Literal["S3Prefix", "ManifestFile"] = "S3Prefix"
    """Every object below a prefix, or those that a manifest lists."""

    s3_uri: S3Uri | None = None
    """The prefix, or the manifest; what a manifest lists is in the same folder as itself, or below.

    Default: `transform/<key>/in/` in the fleet's bucket, or `manifest.json` there.
    """

    content_type: MimeType | None = None
    """What the objects are, as text/csv; told to the container. Default: nothing is told."""

    compression_type: Literal["None", "Gzip"] = "None"
    """How the objects are compressed; SageMaker decompresses them."""

    split_type: SplitType = "None"
    """How an object is taken apart into records. None sends every object as a whole."""


class TransformOutput(Spec):
    """The objects that a job writes: one for each that it reads, named like it with `.out` at the end."""

    s3_output_path: S3Uri | None = None
    """Where they are written. Default: `transform/<key>/out/` in the fleet's bucket."""

    accept: MimeType | None = None
    """What the answers should be, as text/csv; told to the container. Default: the container chooses."""

    assemble_with: Literal["None", "Line"] = "None"
    """What stands between the answers: nothing, or a new line after each."""


class DataProcessing(Spec):
    """What of a record the model sees, and what of the record stands beside its answer."""

    input_filter: JsonPath = WHOLE
    """What of a record the model is sent. Default: all of it."""

    join_source: Literal["None", "Input"] = "None"
    """Input writes the record beside the answer: more columns of CSV, or the attribute SageMakerOutput."""

    output_filter: JsonPath = WHOLE
    """What of the joined record is written. Default: all of it."""

    @property
    def changes_nothing(self) -> bool:
        """Whether records are sent and answers are written as they are."""
        return self == DataProcessing()
