"""The API of transform jobs: what is refused, what is said, and how jobs end."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest

from pilotlight.local.control_plane.models import Models
from pilotlight.local.control_plane.place import Place
from pilotlight.local.control_plane.tags import Tags
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.emulator.json_service import checked
from pilotlight.local.transform.job import JobFailedError, TransformJob
from pilotlight.local.transform.jobs import TransformJobs

PATIENCE_S = 60.0


class FakeRunner:
    """Runs jobs as the test says, and notes what it hears of them."""

    def __init__(self) -> None:
        self.go_on = Event()
        self.go_on.set()
        self.failure: Exception | None = None
        self.heard: list[tuple[str, str]] = []

    def run(self, job: TransformJob) -> None:
        """Wait for the test, or for the end of the job."""
        job.begin()
        while not self.go_on.wait(0.01) and not job.stopping.is_set():
            pass
        if self.failure is not None:
            raise self.failure

    def changed(self, job: TransformJob) -> None:
        """Note it."""
        self.heard.append((job.name, job.status))


class Api:
    """Calls operations as a client does."""

    def __init__(self) -> None:
        place, self.runner = Place("us-east-1", "123456789012"), FakeRunner()
        self.tags = Tags(lambda _: True)
        models = Models(place, self.tags)
        self.jobs = TransformJobs(place, models=models, tags=self.tags, runner=self.runner)
        models.create({"ModelName": "model", "PrimaryContainer": {"Image": "repository:tag"}})
        prefix = {"S3Uri": "s3://b/m/", "S3DataType": "S3Prefix", "CompressionType": "None"}
        of_prefix = {"Image": "repository:tag", "ModelDataSource": {"S3DataSource": prefix}}
        models.create({"ModelName": "of-a-prefix", "PrimaryContainer": of_prefix})

    def __call__(self, operation: str, **request: Any) -> Any:
        """Run an operation on checked input."""
        return self.jobs.operations()[operation](checked("sagemaker", operation, request))

    def create(self, name: str = "night-1", **changes: Any) -> str:
        """Create a job that reads a prefix of CSV, but for the changes; give its ARN."""
        source: dict[str, Any] = {"S3DataType": "S3Prefix", "S3Uri": "s3://b/in/"}
        given = {
            "TransformJobName": name,
            "ModelName": "model",
            "TransformInput": {"DataSource": {"S3DataSource": source}, "SplitType": "Line"},
            "TransformOutput": {"S3OutputPath": "s3://b/out"},
            "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
        }
        arn: str = self("CreateTransformJob", **(given | changes))["TransformJobArn"]
        return arn

    def ended(self, name: str = "night-1") -> dict[str, Any]:
        """Wait for the end of a job; give its description."""
        assert self.jobs.find(name).over.wait(PATIENCE_S)
        described: dict[str, Any] = self("DescribeTransformJob", TransformJobName=name)
        return described


@pytest.fixture
def api() -> Api:
    """A region without jobs."""
    return Api()


def test_a_job_goes_from_in_progress_to_completed(api: Api) -> None:
    """Billed from the time its instances are there; everybody hears of both states."""
    arn = api.create(Tags=[{"Key": "team", "Value": "support"}])
    described = api.ended()

    assert "arn:aws:sagemaker:us-east-1:123456789012:transform-job/night-1" == arn
    assert ("Completed", None) == (described["TransformJobStatus"], described["FailureReason"])
    assert described["CreationTime"] <= described["TransformStartTime"] <= described["TransformEndTime"]
    assert "Line" == described["TransformInput"]["SplitType"]
    assert [("night-1", "InProgress"), ("night-1", "Completed")] == api.runner.heard
    assert "Tags" not in described


def test_a_job_that_cannot_go_on_fails_with_the_reason(api: Api) -> None:
    """In 1024 characters at most."""
    api.runner.failure = JobFailedError("x" * 2000)
    api.create()

    assert ("Failed", "x" * 1024) == (api.ended()["TransformJobStatus"], api.ended()["FailureReason"])


def test_a_job_never_stays_in_progress(api: Api) -> None:
    """Whatever happens to the one who runs it."""
    api.runner.failure = RuntimeError("a mistake of ours")
    api.create()

    assert api.ended()["FailureReason"].startswith("InternalServerError")


def test_a_job_can_be_stopped_once(api: Api) -> None:
    """Stopping, then Stopped, whatever its runner says; what has ended cannot be stopped."""
    api.runner.go_on.clear()
    api.runner.failure = JobFailedError("the container is gone")
    api.create()
    api("StopTransformJob", TransformJobName="night-1")

    assert "Stopped" == api.ended()["TransformJobStatus"]
    assert ["InProgress", "Stopping", "Stopped"] == [status for _, status in api.runner.heard]
    with pytest.raises(ApiError, match="in status Stopped"):
        api("StopTransformJob", TransformJobName="night-1")


def test_a_job_that_nobody_wants_any_more_is_stopped(api: Api) -> None:
    """Once, while somebody waits for its end."""
    api.runner.go_on.clear()
    api.create()
    described = api.jobs.wait("night-1", lambda: False)

    assert "Stopped" == described["TransformJobStatus"]
    assert ["InProgress", "Stopping", "Stopped"] == [status for _, status in api.runner.heard]


def test_the_end_of_the_emulator_stops_all_jobs(api: Api) -> None:
    """It waits until they have ended."""
    api.runner.go_on.clear()
    api.create("a")
    api.create("b")
    api.jobs.end_all()

    assert {"Stopped"} == {api.ended(name)["TransformJobStatus"] for name in "ab"}


def test_jobs_are_listed_by_state_and_name(api: Api) -> None:
    """As all listings of SageMaker: the newest first, ten at a time."""
    for number in range(12):
        api.create(f"night-{number}")
        api.ended(f"night-{number}")
    api.runner.failure = JobFailedError("no")
    api.create("late")
    api.ended("late")

    first = api("ListTransformJobs", StatusEquals="Completed")
    rest = api("ListTransformJobs", StatusEquals="Completed", NextToken=first["NextToken"])
    assert "night-11" == first["TransformJobSummaries"][0]["TransformJobName"]
    assert (10, 2) == (len(first["TransformJobSummaries"]), len(rest["TransformJobSummaries"]))
    assert ["late"] == [
        each["TransformJobName"]
        for each in api("ListTransformJobs", NameContains="late")["TransformJobSummaries"]
    ]


@pytest.mark.parametrize(
    ("changes", "code", "says"),
    [
        ({"ModelName": "nobody"}, "ValidationException", "Could not find model"),
        ({"ModelName": "of-a-prefix"}, "ValidationException", "ModelDataSource"),
        ({"MaxPayloadInMB": 101}, "ValidationException", "MaxPayloadInMB must be 0..100 MB"),
        ({"MaxConcurrentTransforms": 17}, "ValidationException", "got 102"),
        (
            {"TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 101}},
            "ValidationException",
            "InstanceCount",
        ),
        ({"DataProcessing": {"InputFilter": "$..a"}}, "ValidationException", "no JSONPath"),
        ({"TransformJobName": "-"}, "ValidationException", "regular expression"),
    ],
)
def test_fails_on_what_sagemaker_refuses(api: Api, changes: dict[str, Any], code: str, says: str) -> None:
    """Limits of the model of the API, and those that only its text says."""
    with pytest.raises(ApiError, match=says) as error:
        api.create(**changes)

    assert code == error.value.code


def test_fails_on_a_strategy_without_records(api: Api) -> None:
    """To enable the batch strategy, the split type must be set (CreateTransformJob)."""
    source = {"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b/in/"}}}
    with pytest.raises(ApiError, match="BatchStrategy needs a SplitType"):
        api.create(TransformInput=source, BatchStrategy="SingleRecord")


def test_a_name_is_never_free_again(api: Api) -> None:
    """Not even after the end of its job."""
    api.create()
    api.ended()
    with pytest.raises(ApiError, match="must be unique") as error:
        api.create()

    assert "ResourceInUse" == error.value.code


def test_fails_on_a_job_that_is_not_there(api: Api) -> None:
    """With the one error that the API declares."""
    for operation in ("DescribeTransformJob", "StopTransformJob"):
        with pytest.raises(ApiError) as error:
            api(operation, TransformJobName="nobody")
        assert "ResourceNotFound" == error.value.code
