"""Ends asynchronous requests: SNS → SQS → this function → one row of the status table, one EventBridge event.

Environment: STATUS_TABLE (name), EVENT_BUS (name or ARN), RETENTION_SECONDS (life of an ended row);
Powertools reads POWERTOOLS_SERVICE_NAME. The queue must report batch item failures, and its visibility
timeout must exceed this function's timeout. A message that fails stays in the queue, and ends in its
dead-letter queue when it keeps failing; the rest of its batch is done. Idempotency records live in the
status table under keys no inference id can have. The log names inference ids and states, never inputs,
outputs or reasons; no metrics are published.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.config import Config
from completion import Completion, Settings

QUICKLY = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})
"""A call that hangs must not use up the time of its whole batch; the queue tries again anyway."""

logger = Logger()


@cache
def completion() -> Completion:
    """The wiring, once per execution environment; tests and tools may import this module without any AWS."""
    dynamodb, events = (boto3.client(service, config=QUICKLY) for service in ("dynamodb", "events"))
    return Completion(Settings.of(os.environ), dynamodb=dynamodb, events=events, logger=logger)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Lambda's entry."""
    return completion()(event, context)
