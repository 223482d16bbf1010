"""Ends requests nobody answered: runs on a schedule and reports rows that are past their deadline.

SageMaker notifies nobody of a request that expired in its queue or was dropped, so a row would stay
Submitted for ever. Environment: STATUS_TABLE (name), COMPLETION_QUEUE_URL (queue of the completion
function), GRACE_SECONDS (how long after a deadline an answer may still come); Powertools reads
POWERTOOLS_SERVICE_NAME. The log line of a run has the number of rows; no metrics are published.
"""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from sweep import Sweeper

logger = Logger()


@cache
def sweeper() -> Sweeper:
    """The wiring, once per execution environment; tests and tools may import this module without any AWS."""
    return Sweeper(
        boto3.client("dynamodb"),
        boto3.client("sqs"),
        table=os.environ["STATUS_TABLE"],
        queue_url=os.environ["COMPLETION_QUEUE_URL"],
        grace=int(os.environ["GRACE_SECONDS"]),
    )


@logger.inject_lambda_context
def handler(_event: dict[str, Any], _context: LambdaContext) -> dict[str, int]:
    """Lambda's entry; returns how many overdue rows the completion function was told of."""
    overdue = sweeper().sweep(time.time())
    logger.info("swept", extra={"overdue": overdue})
    return {"overdue": overdue}
