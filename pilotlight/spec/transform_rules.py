"""What the parts of a batch transform must be to go together."""

from __future__ import annotations

from pilotlight.catalog.batch_transform import CSV, IN_FLIGHT_MB, MAX_PAYLOAD_MB, PROCESSED_TYPES
from pilotlight.catalog.hosting_options import why_not
from pilotlight.spec.json_path import Indexes, json_path_steps
from pilotlight.spec.model import ModelSpec
from pilotlight.spec.refusing import refused
from pilotlight.spec.source import ONE_ARCHIVE, is_prefix
from pilotlight.spec.transform_data import DataProcessing, TransformInput, TransformOutput


def refuse_prefix_source(model: ModelSpec) -> None:
    """Raise when the artefact is a prefix: a transform job takes no ModelDataSource (CreateModel)."""
    if model.source is not None and is_prefix(model.source):
        what = why_not("batch-transform", "model.source")
        raise refused(what, got=model.source, allowed=ONE_ARCHIVE, at=("source",))


def refuse_too_much_in_flight(concurrent: int | None, payload: int | None) -> None:
    """Raise when requests of an instance could together be larger than SageMaker allows at once."""
    megabytes = MAX_PAYLOAD_MB.default if payload is None else payload
    if concurrent is None or megabytes is None or IN_FLIGHT_MB.allows(concurrent * megabytes):
        return
    got = f"{concurrent} requests of {megabytes} MB"
    allowed = f"at most {IN_FLIGHT_MB.maximum} MB together"
    hint = "max_payload_in_mb is 6 unless given" if payload is None else ""
    raise refused("too much in flight", got=got, allowed=allowed, hint=hint)


def refuse_unsplit(split_type: str, strategy: str | None) -> None:
    """Raise when records are to be batched although objects are not taken apart (CreateTransformJob)."""
    if strategy is not None and split_type == "None":
        allowed = "nothing, or input.split_type Line, RecordIO or TFRecord"
        raise refused("there are no records to batch", allowed=allowed)


def refuse_unprocessable(data: TransformInput, output: TransformOutput, processing: DataProcessing) -> None:
    """Raise when records of this type cannot be filtered or joined (DATA_PROCESSING_GUIDE)."""
    if processing.changes_nothing:
        return
    types = (media_type(data.content_type), media_type(output.accept))
    if any(each not in PROCESSED_TYPES for each in types) or (CSV in types and types[0] != types[1]):
        got = f"input.content_type {data.content_type} and output.accept {output.accept}"
        allowed = f"{CSV} for both, or {' or '.join(PROCESSED_TYPES[1:])} for each"
        raise refused("filters and joins need records of CSV or JSON", got=got, allowed=allowed)
    if types[0] == CSV:
        _refuse_unsplit_csv(data, output)
        _refuse_attributes(processing)


def media_type(content_type: str | None) -> str:
    """Give a content type without its parameters."""
    return (content_type or "").partition(";")[0].strip().lower()


def _refuse_unsplit_csv(data: TransformInput, output: TransformOutput) -> None:
    if (data.split_type, output.assemble_with) != ("Line", "Line"):
        got = f"input.split_type {data.split_type} and output.assemble_with {output.assemble_with}"
        raise refused("rows of CSV are lines", got=got, allowed="Line for both")


def _refuse_attributes(processing: DataProcessing) -> None:
    for name in ("input_filter", "output_filter"):
        path = getattr(processing, name)
        if any(not isinstance(step, Indexes) for step in json_path_steps(path)):
            raise refused("a row of CSV is a list", got=path, allowed="$, $[0], $[0,2] or $[1:]", at=(name,))
