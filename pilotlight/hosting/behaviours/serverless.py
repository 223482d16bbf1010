"""What we claim about serverless variants."""

from __future__ import annotations

from pilotlight.catalog.evidence import assumed, documented, field
from pilotlight.hosting.behaviour import Behaviour

_GUIDE = documented("SageMaker Developer Guide, Deploy models with Serverless Inference")
_MONITORING = documented(
    "SageMaker Developer Guide, Alarms and logs for tracking metrics from serverless endpoints"
)

BEHAVIOURS = (
    Behaviour(
        "A serverless variant answers at most MaxConcurrency requests at a time.",
        "serverless.ServerlessVariant.most",
        documented("botocore 1.44.5, ProductionVariantServerlessConfig"),
    ),
    Behaviour(
        "A request beyond that gets ThrottlingException with status 400, and is not queued.",
        "serverless_events.Throttle",
        field(
            "opensearch-project/ml-commons#2429, 2024-05-09: status and error of a throttled InvokeEndpoint"
        ),
    ),
    Behaviour(
        "A request that finds no container free waits for a new one: a cold start.",
        "serverless_events.StartOne",
        _GUIDE,
    ),
    Behaviour(
        "A container has one request at a time.",
        "serverless.ServerlessVariant.running",
        assumed("the guide says that it integrates with AWS Lambda, whose environments work so"),
    ),
    Behaviour(
        "Whoever waits longest gets the container that is free first, old or new.",
        "serverless.ServerlessVariant.waiting",
        assumed("AWS does not say whether a request keeps waiting for the container started for it"),
    ),
    Behaviour(
        "Without requests a variant goes to no container at all.",
        "serverless.next_deadline",
        _GUIDE,
    ),
    Behaviour(
        "A container that nobody needs is kept for ten minutes.",
        "serverless.IDLE_LIMIT",
        assumed("AWS does not say how long; write-ups give 5 to 15 minutes"),
    ),
    Behaviour(
        "Provisioned concurrency keeps so many containers ready.",
        "serverless.ServerlessVariant.provisioned",
        _GUIDE,
    ),
    Behaviour(
        "A deployment starts one container to see that it works.",
        "serverless_events.ConcurrencySet.first",
        assumed(
            "AWS does not say; an endpoint whose container cannot start is not InService elsewhere either"
        ),
    ),
    Behaviour(
        "A container has three minutes to start; the requests that wait for one that does not get an error.",
        "serverless_events.NotStarted",
        documented("SageMaker Developer Guide, Invoke a serverless endpoint: the three minutes"),
    ),
    Behaviour(
        "The overhead of a request includes its cold start, which ModelSetupTime shows alone.",
        "serverless_metrics.answered_metrics",
        _MONITORING,
    ),
    Behaviour(
        "The use of the concurrency is published every minute.",
        "serverless_metrics.CONCURRENCY_INTERVAL",
        assumed("the guide names the metrics, not how often they come"),
    ),
)
