"""Reads who learns that a request of an asynchronous endpoint has ended."""

from __future__ import annotations

from typing import Any, Final

from pilotlight.catalog.status_table import COMPLETION_ENVIRONMENT
from pilotlight.spec import Notify
from pilotlight.template.evaluation.symbol import Value
from pilotlight.template.part import Part
from pilotlight.template.resource import Resource, Resources
from pilotlight.template.said import Said, built

SUBSCRIPTION: Final = "AWS::SNS::Subscription"
QUEUE: Final = "AWS::SQS::Queue"
MAPPING: Final = "AWS::Lambda::EventSourceMapping"
FUNCTION: Final = "AWS::Lambda::Function"
OUTCOMES: Final = {"SUCCESS_NOTIFICATION_TOPIC": "success", "ERROR_NOTIFICATION_TOPIC": "error"}
RETENTION: Final = "RETENTION_SECONDS"


def notify_of(resources: Resources, output: Part) -> tuple[Notify | None, Resource | None]:
    """Read the notifications of an endpoint, and give the dead-letter queue of its pipeline, if it has one.

    Args:
        resources: all of them.
        output: the `OutputConfig` of the endpoint's configuration.
    """
    config = output.part("NotificationConfig")
    if config is None:
        return None, None
    topics = [config.raw(f"{which}Topic") for which in ("Success", "Error")]
    queues = [_queue_told_by(resources, topic) for topic in topics]
    function = _function_of(resources, queues[0]) if queues[0] is queues[1] else None
    notify = built(
        Notify,
        resources.notes,
        config.place,
        status_table=function is not None,
        include_inference_response_in=_included(config),
        retention=None if function is None else _variables(function).seconds(RETENTION),
    )
    return notify, None if function is None or queues[0] is None else _dead_letters_of(resources, queues[0])


def _included(config: Part) -> Said[Any] | None:
    said = config.texts("IncludeInferenceResponseIn")
    return (
        None if said is None else said.then(lambda words: tuple(OUTCOMES.get(word, word) for word in words))
    )


def _queue_told_by(resources: Resources, topic: Value) -> Resource | None:
    for each in resources.of_type(SUBSCRIPTION):
        part = each.part
        if topic is not None and part.look("TopicArn") == topic and part.look("Protocol") == "sqs":
            return resources.find(part.look("Endpoint"), QUEUE)
    return None


def _function_of(resources: Resources, queue: Resource | None) -> Resource | None:
    """Find the function that writes the rows of the status table."""
    for each in resources.of_type(MAPPING):
        source = resources.find(each.part.look("EventSourceArn"), QUEUE)
        function = resources.find(each.part.look("FunctionName"), FUNCTION)
        if queue is not None and source is queue and function is not None and _writes_rows(function):
            return function
    return None


def _writes_rows(function: Resource) -> bool:
    environment = function.part.look("Environment")
    variables = environment.get("Variables") if isinstance(environment, dict) else None
    return isinstance(variables, dict) and all(name in variables for name in COMPLETION_ENVIRONMENT)


def _variables(function: Resource) -> Part:
    environment = function.part.part("Environment")
    variables = None if environment is None else environment.part("Variables")
    return function.part if variables is None else variables


def _dead_letters_of(resources: Resources, queue: Resource) -> Resource | None:
    redrive = queue.part.look("RedrivePolicy")
    return resources.find(redrive.get("deadLetterTargetArn"), QUEUE) if isinstance(redrive, dict) else None
