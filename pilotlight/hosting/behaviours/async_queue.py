"""What we claim about the queue of an asynchronous endpoint and its metrics."""

from __future__ import annotations

from pilotlight.catalog.evidence import assumed, documented
from pilotlight.hosting.behaviour import Behaviour

_INVOKE = documented("botocore 1.44.5, InvokeEndpointAsync")
_GUIDE = documented("SageMaker Developer Guide, Asynchronous inference")
_MONITOR = documented("SageMaker Developer Guide, Monitor asynchronous endpoint")

BEHAVIOURS = (
    Behaviour("Requests wait while there is no instance.", "async_queue.step", _GUIDE),
    Behaviour(
        "Requests leave the queue in the order they came.",
        "async_queue.step",
        assumed("the guide says that requests are queued, not in which order they leave"),
    ),
    Behaviour(
        "An instance gets at most MaxConcurrentInvocationsPerInstance requests at a time.",
        "queue_state.QueueSettings.max_concurrent_invocations_per_instance",
        documented("botocore 1.44.5, CreateEndpointConfig, AsyncInferenceClientConfig"),
    ),
    Behaviour(
        "Not given, it is 4.",
        "queue_state.QueueSettings.max_concurrent_invocations_per_instance",
        assumed("SageMaker chooses an optimal value; 4 is the value of the guide's sample configuration"),
    ),
    Behaviour(
        "An update changes it when it comes into service; what runs goes on, also above the new number.",
        "queue_events.SettingsChanged",
        assumed("AWS does not say when the concurrency of a new configuration begins to hold"),
    ),
    Behaviour(
        "The least loaded instance takes the next request.",
        "slots.Slots",
        assumed("how requests are spread over instances is not published for asynchronous endpoints"),
    ),
    Behaviour(
        "A request older than RequestTTLSeconds (6 hours unless given) expires while it waits.",
        "async_request.AsyncRequest.ttl",
        _INVOKE,
    ),
    Behaviour(
        "Its age counts from the submission, also after a redelivery.",
        "queue_state.Entry.deadline",
        assumed("the API says maximum age"),
    ),
    Behaviour(
        "Nobody is notified of an expired request, and no failure object is written.",
        "async_request.Outcome.EXPIRED",
        assumed("the guide lists only the metric ExpiredRequests for it"),
    ),
    Behaviour(
        "Processing may take InvocationTimeoutSeconds (15 minutes unless given).",
        "async_request.AsyncRequest.timeout",
        _INVOKE,
    ),
    Behaviour(
        "A request that takes longer ends as Failed, and its place is free at once.",
        "queue_state.QueueSettings.timeout_outcome",
        assumed(
            "the API says marked as expired, the guide says times out; an error is what a caller can see"
        ),
    ),
    Behaviour(
        "The timeout counts anew for each attempt.",
        "queue_state.Entry.deadline",
        assumed("the API says the time a request can be processed"),
    ),
    Behaviour(
        "A request whose instance is lost goes back to the queue, before those that came after it.",
        "async_queue.step",
        assumed("AWS does not say what happens to requests in process when an instance fails"),
    ),
    Behaviour(
        "After 3 redeliveries it fails.",
        "queue_state.QueueSettings.max_redeliveries",
        assumed("a request that kills its container must end some time"),
    ),
    Behaviour(
        "ApproximateBacklogSize counts waiting and running requests; HasBacklogWithoutCapacity is 1 when "
        "requests wait and there is no instance.",
        "async_metrics.backlog_metrics",
        _MONITOR,
    ),
    Behaviour(
        "Instances are those that take requests; ones that come or go do not count.",
        "async_metrics.backlog_metrics",
        assumed("the guide says the instances behind the endpoint"),
    ),
    Behaviour(
        "ApproximateAgeOfOldestRequest looks at waiting requests, and is 0 without any.",
        "async_metrics.backlog_metrics",
        assumed("the guide says the oldest request in the queue"),
    ),
    Behaviour(
        "The queue is measured once a minute.",
        "async_metrics.PUBLISH_INTERVAL",
        assumed("the guide gives no interval; alarms of a minute need one value a minute"),
    ),
    Behaviour(
        "TimeInBacklog, TotalProcessingTime and InvocationFailures come with the end of a request.",
        "async_metrics.request_metrics",
        _MONITOR,
    ),
    Behaviour(
        "An expired request counts in ExpiredRequests alone.",
        "async_metrics.request_metrics",
        assumed("the guide does not say whether it is an invocation failure too; it was never invoked"),
    ),
)
