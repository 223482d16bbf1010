# ruff: noqa: SLF001 - as in `ministack`: its registries are private
"""Adds to ministack's Step Functions what it lacks: transform jobs, and the metrics of executions.

`tests/local/emulator/test_step_functions_contract.py` fails when what we hold on to is not what it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, Protocol

from ministack.core.responses import get_region, request_scope
from ministack.services import eventbridge, stepfunctions

from pilotlight.catalog.batch_transform import SAGEMAKER_EVENTS
from pilotlight.local.emulator.api_error import ApiError
from pilotlight.local.emulator.json_service import checked, input_shape
from pilotlight.local.emulator.shape_convert import converted

CREATE_JOB = "arn:aws:states:::sagemaker:createTransformJob"
STOP_JOB = "arn:aws:states:::aws-sdk:sagemaker:stopTransformJob"
SYNC = ".sync"

_JOB_FAILED = "States.TaskFailed"
_KNOWN_ERRORS = {
    "ResourceInUse": "SageMaker.ResourceInUseException",
    "ResourceLimitExceeded": "SageMaker.ResourceLimitExceededException",
    "ResourceNotFound": "SageMaker.ResourceNotFoundException",
    "ThrottlingException": "ThrottlingException",
}
_OTHER_ERROR = "SageMaker.AmazonSageMakerException"

Members = Mapping[str, Any]


class Jobs(Protocol):
    """The transform jobs of a region."""

    def create(self, request: dict[str, Any]) -> Members:
        """CreateTransformJob. Raises ApiError."""

    def stop(self, request: dict[str, Any]) -> None:
        """StopTransformJob. Raises ApiError."""

    def wait(self, name: str, is_wanted: Callable[[], bool]) -> Members:
        """Wait for the end of a job and describe it; it is stopped when nobody wants it any more."""


_RUNNING = "RUNNING"

_execution: ContextVar[Members | None] = ContextVar("execution", default=None)
"""The execution whose task runs in this context. ministack changes its status in place."""

ExecutionChanged = Callable[[str, Members], None]
"""Called with the region and the detail of the event of every new status of an execution."""


def register(jobs: Callable[[str], Jobs], execution_changed: ExecutionChanged) -> None:
    """Let state machines start, await and stop jobs; from then on somebody hears of executions."""
    stepfunctions._SERVICE_DISPATCH[CREATE_JOB] = lambda resource, given: _create(jobs, resource, given)
    stepfunctions._SERVICE_DISPATCH[STOP_JOB] = lambda _, given: _stop(jobs, given)
    _hear_of_executions(execution_changed)
    _know_the_execution()


def publish_event(*, account: str, region: str, detail_type: str, resource: str, detail: Members) -> None:
    """Send an event of SageMaker to the default bus: only AWS's own services may."""
    entry = {
        "Source": SAGEMAKER_EVENTS,
        "DetailType": detail_type,
        "Detail": json.dumps(detail, default=str),
        "Resources": [resource],
    }
    with request_scope(account, region):
        eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)


def _create(jobs: Callable[[str], Jobs], resource: str, given: dict[str, Any]) -> Any:
    here = jobs(get_region())
    created = _called("CreateTransformJob", here.create, given)
    if not resource.endswith(SYNC):
        return created
    execution = _execution.get()

    def is_wanted() -> bool:
        return execution is None or execution["status"] == _RUNNING

    ended = here.wait(given["TransformJobName"], is_wanted)
    described = json.loads(json.dumps(ended, default=str))
    if ended["TransformJobStatus"] != "Completed" and is_wanted():  # an aborted execution fails no more
        raise stepfunctions._ExecutionError(_JOB_FAILED, json.dumps(described))
    return described


def _stop(jobs: Callable[[str], Jobs], given: dict[str, Any]) -> Any:
    _called("StopTransformJob", jobs(get_region()).stop, given)
    return {}


def _called(operation: str, call: Callable[[dict[str, Any]], Any], given: dict[str, Any]) -> Any:
    """Run an operation as Step Functions does, under the names that it gives to errors."""
    try:
        shape = input_shape("sagemaker", operation)
        return call(checked("sagemaker", operation, converted(shape, given)))
    except ApiError as error:
        name = _KNOWN_ERRORS.get(error.code, _OTHER_ERROR)
        raise stepfunctions._ExecutionError(name, error.message) from error


def _hear_of_executions(changed: ExecutionChanged) -> None:
    emit = stepfunctions._emit_execution_status_event

    def emit_and_tell(execution: dict[str, Any]) -> None:
        emit(execution)
        changed(get_region(), execution)

    stepfunctions._emit_execution_status_event = emit_and_tell


def _know_the_execution() -> None:
    """Tasks do not hear which execution they belong to; that of an aborted one stops its job (assumed)."""
    execute = stepfunctions._execute_task

    def execute_task(
        state: dict[str, Any], given: Any, execution: dict[str, Any], ctx: dict[str, Any]
    ) -> Any:
        _execution.set(execution)
        return execute(state, given, execution, ctx)

    stepfunctions._execute_task = execute_task
