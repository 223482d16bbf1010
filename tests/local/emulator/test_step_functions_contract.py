"""What we hold on to in ministack's Step Functions is still what it was; else read its new source first."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Any

import pytest
from ministack.core import responses
from ministack.services import eventbridge, stepfunctions

from pilotlight.catalog.batch_transform import CREATE_JOB, STOP_JOB
from pilotlight.local.emulator import step_functions as adapter
from pilotlight.local.emulator.api_error import ApiError

pytestmark = pytest.mark.thorough

REQUEST: dict[str, Any] = {
    "TransformJobName": "night-1",
    "ModelName": "model",
    "TransformInput": {"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b/in/"}}},
    "TransformOutput": {"S3OutputPath": "s3://b/out"},
    "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
}


class FakeJobs:
    """Ends every job at once, as the test says."""

    def __init__(self) -> None:
        self.status = "Completed"
        self.refusal: ApiError | None = None
        self.stopped: list[str] = []
        self.meanwhile: Callable[[], None] = lambda: None

    def create(self, request: dict[str, Any]) -> dict[str, Any]:
        """Create a job, or refuse it."""
        if self.refusal is not None:
            raise self.refusal
        return {"TransformJobArn": f"arn:{request['TransformJobName']}"}

    def stop(self, request: dict[str, Any]) -> None:
        """Note it."""
        self.stopped.append(request["TransformJobName"])

    def wait(self, name: str, is_wanted: Callable[[], bool]) -> dict[str, Any]:
        """Say how it ended; somebody may abort the execution meanwhile."""
        self.meanwhile()
        self.status = self.status if is_wanted() else "Stopped"
        return {"TransformJobName": name, "TransformJobStatus": self.status, "FailureReason": "no tickets"}


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> FakeJobs:
    """Jobs that state machines can start."""
    fake = FakeJobs()
    monkeypatch.setattr(stepfunctions, "_SERVICE_DISPATCH", dict(stepfunctions._SERVICE_DISPATCH))
    monkeypatch.setattr(stepfunctions, "_emit_execution_status_event", lambda execution: None)
    monkeypatch.setattr(stepfunctions, "_execute_task", stepfunctions._execute_task)  # replaced, and put back
    adapter.register(lambda _: fake, lambda region, execution: None)
    return fake


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (stepfunctions._invoke_resource, ["resource", "input_data"]),
        (stepfunctions._execute_task, ["state_def", "raw_input", "execution", "ctx"]),
        (stepfunctions._emit_execution_status_event, ["execution"]),
        (eventbridge._put_events, ["data", "allow_aws_source"]),
        (responses.request_scope, ["account_id", "region"]),
        (responses.get_region, []),
    ],
)
def test_functions_take_what_we_give_them(function: Any, parameters: list[str]) -> None:
    """By position, in this order."""
    assert parameters == list(inspect.signature(function).parameters)


@pytest.mark.parametrize(
    ("caller", "name"),
    [
        (stepfunctions._invoke_resource, "_SERVICE_DISPATCH"),
        (stepfunctions._run_execution, "_execute_task"),
        (stepfunctions._start_execution, "_emit_execution_status_event"),
        (stepfunctions._run_execution, "_emit_execution_status_event"),
        (stepfunctions._fail_execution, "_emit_execution_status_event"),
        (stepfunctions._stop_execution, "_emit_execution_status_event"),
    ],
)
def test_what_we_replace_is_looked_up_when_it_is_needed(caller: Any, name: str) -> None:
    """A copy taken at import would not see our replacement."""
    assert name in caller.__code__.co_names


def test_a_job_is_awaited(jobs: FakeJobs) -> None:
    """The task's result is the description of the job."""
    result = stepfunctions._invoke_resource(f"arn:aws:{CREATE_JOB}", REQUEST)

    assert "Completed" == result["TransformJobStatus"]


def test_a_job_is_not_awaited_without_sync(jobs: FakeJobs) -> None:
    """The task ends as soon as the job is there."""
    result = stepfunctions._invoke_resource(f"arn:aws:{CREATE_JOB}".removesuffix(".sync"), REQUEST)

    assert {"TransformJobArn": "arn:night-1"} == result


@pytest.mark.parametrize("status", ["Failed", "Stopped"])
def test_a_job_that_does_not_complete_fails_its_task(jobs: FakeJobs, status: str) -> None:
    """Under the name that retries of failures match, with the description as its cause."""
    jobs.status = status
    with pytest.raises(stepfunctions._ExecutionError) as error:
        stepfunctions._invoke_resource(f"arn:aws:{CREATE_JOB}", REQUEST)

    assert "States.TaskFailed" == error.value.error
    assert "no tickets" == json.loads(error.value.cause)["FailureReason"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("ResourceLimitExceeded", "SageMaker.ResourceLimitExceededException"),
        ("ResourceInUse", "SageMaker.ResourceInUseException"),
        ("ThrottlingException", "ThrottlingException"),
        ("ValidationException", "SageMaker.AmazonSageMakerException"),
    ],
)
def test_a_refusal_has_the_name_that_retries_match(jobs: FakeJobs, code: str, name: str) -> None:
    """As Step Functions calls the errors of SageMaker."""
    jobs.refusal = ApiError(code, "not now")
    with pytest.raises(stepfunctions._ExecutionError) as error:
        stepfunctions._invoke_resource(f"arn:aws:{CREATE_JOB}", REQUEST)

    assert (name, "not now") == (error.value.error, error.value.cause)


def test_what_the_api_would_not_take_is_refused(jobs: FakeJobs) -> None:
    """Checked against the model of the API, as a call of a client is."""
    with pytest.raises(stepfunctions._ExecutionError, match="modelName"):
        stepfunctions._invoke_resource(f"arn:aws:{CREATE_JOB}", {**REQUEST, "ModelName": None})


def test_a_job_is_stopped_through_the_sdk_integration(jobs: FakeJobs) -> None:
    """Before the emulator looks for a service that it does not have."""
    stepfunctions._invoke_resource(f"arn:aws:{STOP_JOB}", {"TransformJobName": "night-1"})

    assert ["night-1"] == jobs.stopped


def test_an_aborted_execution_wants_its_job_no_more(jobs: FakeJobs) -> None:
    """The job is stopped, and what is aborted does not fail on top of it."""
    execution = {"status": "RUNNING", "events": []}
    jobs.meanwhile = lambda: execution.update(status="ABORTED")
    state = {"Resource": f"arn:aws:{CREATE_JOB}", "End": True}

    output, following = stepfunctions._execute_task(state, REQUEST, execution, {"State": {}})

    assert ("Stopped", None) == (output["TransformJobStatus"], following)
    assert "ABORTED" == execution["status"]
