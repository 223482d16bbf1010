"""Reads batch transforms: state machines that run a transform job."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from pilotlight.catalog import batch_transform as facts
from pilotlight.catalog import metrics
from pilotlight.catalog.naming import transform_prefixes
from pilotlight.spec import BatchTransformSpec, Retry, TransformAlarms, TransformNotify, TransformRetries
from pilotlight.template.async_alarms import DEAD_LETTERS, count
from pilotlight.template.endpoint_alarm import Threshold, alarm_on, endpoint_alarms, read_alarm
from pilotlight.template.hosted_endpoint import MODEL
from pilotlight.template.model_container import model_of
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built
from pilotlight.template.state_machine import definition_of, definition_part, next_of, state_of, task_of
from pilotlight.template.transform_request import data_of, job_fields
from pilotlight.template.transform_schedule import dead_letters_of, schedule_of

STATE_MACHINE: Final = "AWS::StepFunctions::StateMachine"
LONGEST: Final = timedelta(seconds=99_999_999)
SHORTEST: Final = timedelta(seconds=1)
"""TimeoutSeconds and IntervalSeconds where nothing is said (Amazon States Language)."""

FAILED_EXECUTIONS: Final = Threshold("failed_executions", metrics.EXECUTIONS_FAILED, count)
PASSED_OVER: Final = (
    "DefinitionSubstitutions",
    "LoggingConfiguration",
    "RoleArn",
    "StateMachineName",
    "TracingConfiguration",
)


def fits(resources: Resources, machine: Resource) -> bool:
    """Whether a state machine waits for a transform job."""
    del resources
    return task_of(definition_of(machine.part), facts.CREATE_JOB) is not None


def read(resources: Resources, machine: Resource, key: str) -> BatchTransformSpec | None:
    """Read a batch transform under the key that it has in the fleet."""
    machine.is_read = True
    machine.part.leave(*PASSED_OVER)
    machine.part.only("StateMachineType", None, "STANDARD")
    definition = definition_part(machine.part, resources.notes)
    name = task_of(definition_of(machine.part), facts.CREATE_JOB)
    task = None if definition is None or name is None else state_of(definition, name)
    request = None if task is None else task.part("Arguments") or task.part("Parameters")
    if definition is None or task is None or request is None:
        resources.notes.note(machine.place, "has no transform job that can be read")
        return None
    model = resources.find(request.raw("ModelName"), MODEL, "ModelName")
    if model is None:
        request.note("ModelName", "no template at hand has this model")
    spec = built(
        BatchTransformSpec,
        resources.notes,
        machine.place,
        **job_fields(request),
        **data_of(resources, request, transform_prefixes(key)),
        model=model_of(resources, model),
        timeout=_or(task.seconds("TimeoutSeconds"), LONGEST),
        retries=_retries(resources, task),
        notify=_notify(resources, definition, task),
        schedule=schedule_of(resources, machine),
        alarms=_alarms(resources, machine),
    )
    definition.note_leftovers()
    return spec


def _retries(resources: Resources, task: Part) -> TransformRetries | None:
    task.leave("Assign", "Catch", "End", "Next", "Output", "Resource", "Type")
    found = {name: _retry(resources, task, errors) for name, errors in RETRIED.items()}
    return built(TransformRetries, resources.notes, task.place, **found)


RETRIED: Final = {"throttled": facts.THROTTLED, "failed": (facts.TASK_FAILED,)}
"""Which errors each field of the retries is about."""


def _retry(resources: Resources, task: Part, errors: tuple[str, ...]) -> Retry | None:
    """Read the retrier of some errors; where there is none, they are never tried again."""
    for each in task.parts("Retry"):
        if each.look("ErrorEquals") == [*errors]:
            each.leave("ErrorEquals")
            return built(
                Retry,
                resources.notes,
                each.place,
                max_attempts=_or(each.whole("MaxAttempts"), facts.RETRY_ATTEMPTS.default),
                interval=_or(each.seconds("IntervalSeconds"), SHORTEST),
                backoff_rate=each.number("BackoffRate"),
            )
    return built(Retry, resources.notes, task.place, max_attempts=0)


def _or(said: Said[Any] | None, default: Any) -> Any:
    """Give what the States Language means where nothing is said."""
    return default if said is None else said


def _notify(resources: Resources, definition: Part, task: Part) -> TransformNotify | None:
    """Tell which ends are published, and pass over the states that publish, stop and fail."""
    failed = [each.look("Next") for each in task.parts("Catch")]
    tells = {
        "success": next_of(definition, task.look("Next"), facts.PUBLISH),
        "failure": any(next_of(definition, each, facts.PUBLISH) for each in failed),
    }
    for each in task.parts("Catch"):
        each.leave(*each.keys())
    return built(TransformNotify, resources.notes, task.place, **tells)


def _alarms(resources: Resources, machine: Resource) -> TransformAlarms | None:
    known = {metrics.STATE_MACHINE[0]: machine.attribute("Arn")}
    queue = dead_letters_of(resources, machine)
    letters = None
    if queue is not None:
        alarm = alarm_on(resources, DEAD_LETTERS, {"QueueName": queue.attribute("QueueName")})
        letters = read_alarm(DEAD_LETTERS, alarm)
    alarms, _ = endpoint_alarms(
        resources, TransformAlarms, (FAILED_EXECUTIONS,), known, machine.place, dead_letters=letters
    )
    return alarms
