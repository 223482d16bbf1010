"""How often a batch transform tries again, and how long it waits before."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from pilotlight.catalog.batch_transform import RETRY_ATTEMPTS, RETRY_INTERVAL
from pilotlight.spec.base import Spec
from pilotlight.spec.duration import Duration
from pilotlight.spec.within import Within


class Retry(Spec):
    """Tries again after a while, and after a longer one the next time."""

    max_attempts: Annotated[int, Within(RETRY_ATTEMPTS)]
    """How often at most; 0 never tries again."""

    interval: Annotated[Duration, Within(RETRY_INTERVAL)] = timedelta(minutes=1)
    """How long to wait the first time."""

    backoff_rate: Annotated[float, Field(ge=1, le=100)] = 2.0
    """By what the wait is multiplied each time."""


class TransformRetries(Spec):
    """Retries of one execution."""

    throttled: Retry = Retry(max_attempts=6, interval=timedelta(seconds=30))
    """When SageMaker does not start the job for now: throttled, out of quota, or failing itself."""

    failed: Retry = Retry(max_attempts=1)
    """When the job has started and failed; every attempt is a job of its own, and is billed."""
