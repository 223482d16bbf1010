"""Draws valid batch transforms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from pilotlight.spec import (
    BatchTransformSpec,
    DataProcessing,
    Retry,
    TransformAlarms,
    TransformInput,
    TransformNotify,
    TransformOutput,
    TransformRetries,
    TransformSchedule,
)
from tests.spec.valid_parts import durations, models, tags, texts

CSV = {"content_type": "text/csv", "split_type": "Line"}
JSON = ("application/json", "application/jsonlines; charset=utf-8")
INDEXES = ("$", "$[0]", "$[0,2]", "$[1:]", "$[-1]", "$[0,5:]")
NAMES = ("$", "$.features", "$['id','SageMakerOutput']", "$.a.*")

places = st.none() | st.sampled_from(["s3://elsewhere/some/prefix/", "s3://elsewhere/file"])
splits = st.sampled_from(["None", "Line", "RecordIO", "TFRecord"])
types = st.none() | st.sampled_from(["text/csv", *JSON])
no_expressions = texts.filter(lambda text: "${" not in text and not text.startswith("{%"))


@st.composite
def data(draw: st.DrawFn) -> dict[str, Any]:
    """Draw input, output and processing that go together."""
    source = {"s3_data_type": draw(st.sampled_from(["S3Prefix", "ManifestFile"])), "s3_uri": draw(places)}
    source["compression_type"] = draw(st.sampled_from(["None", "Gzip"]))
    to = {"s3_output_path": draw(places)}
    match draw(st.sampled_from(["as it is", "csv", "json"])):
        case "csv":
            said = _processing(draw, INDEXES)
            return _of(source | CSV, to | {"accept": "text/csv", "assemble_with": "Line"}, said)
        case "json":
            source |= {"content_type": draw(st.sampled_from(JSON)), "split_type": draw(splits)}
            return _of(source, to | {"accept": draw(st.sampled_from(JSON))}, _processing(draw, NAMES))
        case _:
            source |= {"content_type": draw(types), "split_type": draw(splits)}
            to |= {"accept": draw(types), "assemble_with": draw(st.sampled_from(["None", "Line"]))}
            return _of(source, to, {})


def _processing(draw: st.DrawFn, paths: tuple[str, ...]) -> dict[str, Any]:
    return {
        "input_filter": draw(st.sampled_from(paths)),
        "join_source": draw(st.sampled_from(["None", "Input"])),
        "output_filter": draw(st.sampled_from(paths)),
    }


def _of(source: dict[str, Any], to: dict[str, Any], processing: dict[str, Any]) -> dict[str, Any]:
    return {
        "input": TransformInput(**source),
        "output": TransformOutput(**to),
        "data_processing": DataProcessing(**processing),
    }


retry = st.builds(
    Retry,
    max_attempts=st.integers(0, 9),
    interval=durations(1, 86_400),
    backoff_rate=st.sampled_from([1.0, 1.5, 2.0]),
)
schedules = st.builds(
    TransformSchedule,
    at=st.sampled_from(["cron(0 3 * * ? *)", "rate(1 day)", "at(2030-01-01T00:00:00)"]),
    timezone=st.sampled_from(["UTC", "Europe/Berlin"]),
    flexible_window=st.none() | st.integers(1, 1440).map(lambda minutes: timedelta(minutes=minutes)),
    max_attempts=st.integers(0, 185),
    max_age=durations(60, 86_400),
)
thresholds = st.none() | st.integers(1, 9)


@st.composite
def batch_transforms(draw: st.DrawFn) -> BatchTransformSpec:
    """Draw a batch transform."""
    drawn = draw(data())
    splits_records = drawn["input"].split_type != "None"
    payload = draw(st.none() | st.integers(0, 100))
    at_once = draw(st.none() | st.integers(0, 100 // max(6 if payload is None else payload, 1)))
    return BatchTransformSpec(
        model=draw(models().filter(lambda model: not (model.source or "").endswith("/"))),
        instance_type=draw(st.sampled_from(["ml.m5.large", "ml.c5.xlarge"])),
        instance_count=draw(st.integers(1, 100)),
        **drawn,
        batch_strategy=draw(st.sampled_from([None, "MultiRecord", "SingleRecord"]))
        if splits_records
        else None,
        max_payload_in_mb=payload,
        max_concurrent_transforms=at_once,
        invocations_timeout=draw(st.none() | durations(1, 3600)),
        invocations_max_retries=draw(st.none() | st.integers(0, 3)),
        environment=draw(
            st.dictionaries(st.from_regex("[A-Z_]{1,5}", fullmatch=True), no_expressions, max_size=3)
        ),
        timeout=draw(durations(1, 99_999_999)),
        retries=TransformRetries(throttled=draw(retry), failed=draw(retry)),
        schedule=draw(st.none() | schedules),
        notify=TransformNotify(success=draw(st.booleans()), failure=draw(st.booleans())),
        alarms=TransformAlarms(failed_executions=draw(thresholds), dead_letters=draw(thresholds)),
        tags=draw(tags),
    )
