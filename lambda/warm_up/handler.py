"""Warms the models of an endpoint: runs on a schedule and sends each model one valid request.

What that can do: SageMaker loads a model that is not in memory on the instance that gets the request, so the
next caller of that model on that instance does not wait. What it cannot do: no API chooses the instance, so
with several instances each request warms one of them, and an instance that joins later starts cold.

Environment, where an empty value means none: ENDPOINT_NAME, MODELS_BUCKET and MODELS_PREFIX (of a
multi-model endpoint; empty for one model), CONCURRENCY, TIME_BUDGET_SECONDS (no invocation starts later),
INVOCATIONS_PER_MINUTE, MEMORY_BUDGET_MIB, MODEL_MEMORY_MIB (of models that declare none), DEFAULT_SAMPLE
(JSON, see `sample`); Powertools reads POWERTOOLS_SERVICE_NAME.

Metrics ModelsLoaded, ModelsFailed, ModelsSkipped and WarmUpTime go to the namespace Pilotlight/WarmUp with
the dimensions EndpointName and service. A model that fails does not fail the run; what does ends at the
function's on-failure destination.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.config import Config
from settings import Settings
from summary import Summary
from target import State
from warm_up import WarmUp

NAMESPACE = "Pilotlight/WarmUp"
DIMENSION = "EndpointName"
SERVICE = "pilotlight-warm_up"
"""Powertools adds the dimension `service`; said here, it does not depend on the environment."""
COUNTS = {State.LOADED: "ModelsLoaded", State.FAILED: "ModelsFailed", State.SKIPPED: "ModelsSkipped"}
TIME = "WarmUpTime"

PATIENCE = 70
"""Seconds that one invocation may take: SageMaker answers within 60, even while it goes on loading."""

logger = Logger()


@cache
def warm_up() -> WarmUp:
    """The wiring, once per execution environment; tests and tools may import this module without any AWS."""
    settings = Settings.of(os.environ)
    once = Config(
        connect_timeout=5,
        read_timeout=PATIENCE - 5,
        retries={"mode": "standard", "total_max_attempts": 1},  # a retry would not be held to the rate
        max_pool_connections=settings.concurrency,
    )
    quickly = Config(
        connect_timeout=2,
        read_timeout=5,  # an object that hangs must not use up the time of the invocation behind it
        retries={"mode": "standard", "total_max_attempts": 2},
        max_pool_connections=settings.concurrency,
    )
    s3, runtime = boto3.client("s3", config=quickly), boto3.client("sagemaker-runtime", config=once)
    return WarmUp(settings, s3, runtime)


@logger.inject_lambda_context
def handler(_event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda's entry; returns the summary of the run."""
    work = warm_up()
    summary = work(seconds_left=context.get_remaining_time_in_millis() / 1000 - PATIENCE)
    told = summary.document()
    logger.info("warmed", extra=told)
    publish(summary, work.settings.endpoint)
    return told


def publish(summary: Summary, endpoint: str) -> None:
    """Write the metrics of a run to the log, where CloudWatch finds them."""
    metrics = EphemeralMetrics(namespace=NAMESPACE, service=SERVICE)
    metrics.add_dimension(DIMENSION, endpoint)
    for state, name in COUNTS.items():
        metrics.add_metric(name, MetricUnit.Count, summary.count(state))
    metrics.add_metric(TIME, MetricUnit.Seconds, summary.seconds)
    metrics.flush_metrics()
