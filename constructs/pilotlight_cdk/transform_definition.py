"""The state machine of a batch transform, in the Amazon States Language."""

from __future__ import annotations

from typing import Any, Final

from pilotlight.catalog import batch_transform as facts
from pilotlight.spec import BatchTransformSpec, Retry
from pilotlight_cdk.transform_request import transform_request
from pilotlight_cdk.transform_surrounding import TransformSurrounding

Json = dict[str, Any]

TRANSFORM: Final = "Transform"
STOP: Final = "StopJob"
TELL_SUCCESS: Final = "TellSuccess"
TELL_FAILURE: Final = "TellFailure"
FAILED: Final = "Failed"

EXECUTION: Final = "$states.context.Execution"
JOB_NAME: Final = (
    f"$substring($hash({EXECUTION}.Id & {EXECUTION}.StartTime & {EXECUTION}.RedriveCount, 'SHA-256'), 0, 16)"
    " & '-' & $states.context.State.RetryCount"
)
"""Tells the jobs of all executions and attempts apart. The name of a job is never free again; that of an
execution is, after 90 days (botocore 1.43.106, CreateTransformJob; stepfunctions StartExecution)."""

PERSISTENTLY: Final = ({"ErrorEquals": [facts.ANY_ERROR], "IntervalSeconds": 2, "MaxAttempts": 5},)
"""How states that only tell or tidy up are repeated."""


def build_definition(spec: BatchTransformSpec, around: TransformSurrounding) -> Json:
    """Give the definition: start a job, try again, stop it when it takes too long, tell how it ended."""
    return {
        "Comment": f"Batch transform {around.name}",
        "QueryLanguage": "JSONata",
        "StartAt": TRANSFORM,
        "States": {
            TRANSFORM: _transform(spec, around),
            STOP: _stop(around),
            **_ends(around),
        },
    }


def _transform(spec: BatchTransformSpec, around: TransformSurrounding) -> Json:
    job = f"{{% '{facts.job_name_prefix(around.name)}' & {JOB_NAME} %}}"
    failed = _after_failure(around)
    noted = {"job": job, "failure": "{% $states.errorOutput %}"}
    after = {"End": True} if around.success_topic_arn is None else {"Next": TELL_SUCCESS}
    return {
        "Type": "Task",
        "Resource": f"arn:{around.partition}:{facts.CREATE_JOB}",
        "Arguments": {"TransformJobName": job, **transform_request(spec, around)},
        "TimeoutSeconds": round(spec.timeout.total_seconds()),
        "Retry": [
            _retrier(facts.THROTTLED, spec.retries.throttled),
            _retrier((facts.TASK_FAILED,), spec.retries.failed),
        ],
        "Catch": [
            {"ErrorEquals": [facts.TIMED_OUT], "Assign": noted, "Next": STOP},
            {"ErrorEquals": [facts.ANY_ERROR], "Assign": noted, "Next": failed},
        ],
        "Output": {"job": job, "output": around.output_uri},
        **after,
    }


def _stop(around: TransformSurrounding) -> Json:
    """Stop a job that took too long: Step Functions forgets it, and it would go on and cost."""
    return {
        "Type": "Task",
        "Resource": f"arn:{around.partition}:{facts.STOP_JOB}",
        "Arguments": {"TransformJobName": "{% $job %}"},
        "Retry": [*PERSISTENTLY],
        "Catch": [{"ErrorEquals": [facts.ANY_ERROR], "Next": _after_failure(around)}],
        "Next": _after_failure(around),
    }


def _ends(around: TransformSurrounding) -> Json:
    ends: Json = {}
    if around.success_topic_arn is not None:
        said = "'status': 'Succeeded', 'job': $states.input.job, 'output': $states.input.output"
        ends[TELL_SUCCESS] = {**_tell(around, around.success_topic_arn, "succeeded", said), "End": True}
    if around.error_topic_arn is not None:
        said = "'status': 'Failed', 'job': $job, 'error': $failure.Error, 'cause': $failure.Cause"
        unheard = [{"ErrorEquals": [facts.ANY_ERROR], "Next": FAILED}]
        told = _tell(around, around.error_topic_arn, "failed", said)
        ends[TELL_FAILURE] = {**told, "Catch": unheard, "Next": FAILED}
    return {**ends, FAILED: _fail()}


def _tell(around: TransformSurrounding, topic_arn: str, how: str, said: str) -> Json:
    execution = f"'transform': '{around.name}', 'execution': {EXECUTION}.Id"
    return {
        "Type": "Task",
        "Resource": f"arn:{around.partition}:{facts.PUBLISH}",
        "Arguments": {
            "TopicArn": topic_arn,
            "Subject": f"Batch transform {around.name} {how}",
            "Message": f"{{% $string({{{execution}, {said}}}) %}}",
        },
        "Output": "{% $states.input %}",
        "Retry": [*PERSISTENTLY],
    }


def _fail() -> Json:
    return {"Type": "Fail", "Error": "{% $failure.Error %}", "Cause": "{% $failure.Cause %}"}


def _after_failure(around: TransformSurrounding) -> str:
    return FAILED if around.error_topic_arn is None else TELL_FAILURE


def _retrier(errors: tuple[str, ...], retry: Retry) -> Json:
    return {
        "ErrorEquals": [*errors],
        "IntervalSeconds": round(retry.interval.total_seconds()),
        "MaxAttempts": retry.max_attempts,
        "BackoffRate": retry.backoff_rate,
    }
