"""Running a job: real containers, S3 in memory."""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pilotlight.local.clock import ScaledClock
from pilotlight.local.containers.container_host import ContainerHost
from pilotlight.local.control_plane.model_record import ModelRecord
from pilotlight.local.home import Home
from pilotlight.local.transform.job import JobFailedError, TransformJob
from pilotlight.local.transform.job_run import JobRun

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/upper:1"
CONTAINER = Path(__file__).parent / "upper_container.py"
CSV = {"ContentType": "text/csv", "SplitType": "Line"}


class MemoryS3:
    """An `Aws` with the calls of S3 that a job makes."""

    region, account = "us-east-1", "123456789012"

    def __init__(self, objects: dict[str, bytes]) -> None:
        self.objects = objects

    def client(self, service: str) -> MemoryS3:
        """Every client is this object."""
        return self

    def environment(self) -> dict[str, str]:
        """What containers get that may call AWS."""
        return {}

    def get_paginator(self, operation: str) -> MemoryS3:
        """The only one there is."""
        return self

    def paginate(self, Bucket: str, Prefix: str) -> list[dict[str, Any]]:  # noqa: N803 - boto3's words
        """One object a page, and an empty page."""
        start = f"s3://{Bucket}/"
        found = [uri.removeprefix(start) for uri in sorted(self.objects) if uri.startswith(start + Prefix)]
        return [{"Contents": [{"Key": key}]} for key in found] + [{}]

    def get_object(self, Bucket: str, Key: str) -> dict[str, Any]:  # noqa: N803
        """An object, which has to be there."""
        import io  # noqa: PLC0415

        return {"Body": io.BytesIO(self.objects[f"s3://{Bucket}/{Key}"])}

    def put_object(self, Bucket: str, Key: str, Body: bytes, **options: Any) -> None:  # noqa: N803
        """Keep an object."""
        self.objects[f"s3://{Bucket}/{Key}"] = Body


Run = Callable[..., dict[str, bytes]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Give what runs a job over objects, and gives those that it wrote."""
    home = Home(tmp_path)
    home.create()

    def make(objects: dict[str, bytes], transform_input: dict[str, Any], **request: Any) -> dict[str, bytes]:
        s3: Any = MemoryS3(dict(objects))
        source = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b/in/"}}
        given = {
            "TransformInput": {"DataSource": source, **transform_input},
            "TransformOutput": {"S3OutputPath": "s3://b/out", "AssembleWith": "Line"},
            "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
        } | request
        properties = {"PrimaryContainer": {"Image": IMAGE}, "EnableNetworkIsolation": True}
        model = ModelRecord.parse(properties, name="m", arn="a", created=datetime.now(UTC))
        host = ContainerHost(home, s3, commands={IMAGE: (sys.executable, str(CONTAINER))})
        job = TransformJob("night", "arn", given, model, changed=lambda _: None)
        make.jobs.append(job)  # type: ignore[attr-defined] # for the tests
        try:
            JobRun(job, aws=s3, clock=ScaledClock(1e6), host=host).run()
        finally:
            make.left = s3.objects.keys() - objects.keys()  # type: ignore[attr-defined] # as above
        return {uri: body for uri, body in s3.objects.items() if uri not in objects}

    make.jobs = []  # type: ignore[attr-defined] # as above
    return make


def test_many_objects_on_several_instances(run: Run) -> None:
    """Each with its answers in order, at its path below the output."""
    objects = {f"s3://b/in/{name}.csv": f"{name}\nx,y\n".encode() for name in ("a", "deep/b", "c")}
    written = run(
        objects,
        CSV,
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 2},
        MaxConcurrentTransforms=3,
        BatchStrategy="SingleRecord",
    )

    assert {
        "s3://b/out/a.csv.out": b"A\nX,Y\n",
        "s3://b/out/c.csv.out": b"C\nX,Y\n",
        "s3://b/out/deep/b.csv.out": b"DEEP/B\nX,Y\n",
    } == written


def test_a_manifest_of_compressed_objects(run: Run) -> None:
    """Only what it lists is read, in its order."""
    manifest = json.dumps([{"prefix": "s3://b/in/"}, "a.gz"]).encode()
    objects = {
        "s3://b/in/manifest.json": manifest,
        "s3://b/in/a.gz": gzip.compress(b"one\n"),
        "s3://b/in/b.gz": gzip.compress(b"two\n"),
    }
    source = {"S3DataSource": {"S3DataType": "ManifestFile", "S3Uri": "s3://b/in/manifest.json"}}
    written = run(objects, {"DataSource": source, "CompressionType": "Gzip"})

    assert {"s3://b/out/a.gz.out": b"ONE\n"} == written


def test_records_are_joined_with_their_answers(run: Run) -> None:
    """The container sees one column."""
    processing = {"InputFilter": "$[1]", "JoinSource": "Input", "OutputFilter": "$[0,2]"}
    written = run({"s3://b/in/a": b"1,one,x\n2,two,y\n"}, CSV, DataProcessing=processing)

    assert {"s3://b/out/a.out": b"1,x\n2,y\n"} == written


def test_a_container_says_how_it_wants_to_be_asked(run: Run) -> None:
    """It answers /execution-parameters with SINGLE_RECORD, and is told nothing that nobody said."""
    written = run({"s3://b/in/a": b"count\ncount\n"}, CSV)
    told = run({"s3://b/in/a": b"env\n"}, CSV, BatchStrategy="MultiRecord", MaxPayloadInMB=1)

    assert {"s3://b/out/a.out": b"1\n1\n"} == written
    assert {"s3://b/out/a.out": b"true 1 MULTI_RECORD\n"} == told


def test_an_object_that_fails_does_not_take_the_others_with_it(run: Run) -> None:
    """They are written, and the job fails; nothing is written of the one that failed."""
    with pytest.raises(JobFailedError, match=r"1 of 2 objects failed.*s3://b/in/bad.*answered 500"):
        run({"s3://b/in/bad": b"ok\nfail\n", "s3://b/in/good": b"ok\n"}, CSV)

    assert {"s3://b/out/good.out"} == run.left  # type: ignore[attr-defined] # see the fixture


def test_a_stopped_job_does_not_wait_for_its_model(run: Run, tmp_path: Path) -> None:
    """The container ends in the middle of a request, and nothing is written; that is no failure."""
    with ThreadPoolExecutor(1) as running:
        written = running.submit(run, {"s3://b/in/a": b"think\n"}, CSV)
        while not any("thinking" in log.read_text() for log in tmp_path.glob("logs/**/*.log")):
            time.sleep(0.01)
        run.jobs[0].stop()  # type: ignore[attr-defined] # see the fixture

    assert {} == written.result()


def test_fails_without_objects(run: Run) -> None:
    """A job without input is a mistake, not a success."""
    with pytest.raises(JobFailedError, match="no S3 objects found"):
        run({}, CSV)
