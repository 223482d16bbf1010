"""Powertools' idempotency as a lock per inference id: a message runs alone, and after success not again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.typing import LambdaContext
from status_table import PARTITION_KEY, TTL_ATTRIBUTE

SECONDS = 3_600
"""Life of a record. Duplicates that come later find the final row, which says the same."""
PREFIX = "idempotency"
"""With a # and 64 hexadecimal digits behind it, longer than any inference id, so both can share the table."""


class InferenceLock:
    """Keeps one record per inference id in the status table; a dead holder's lock opens by itself."""

    def __init__(self, table: str, dynamodb: Any) -> None:
        self._records = DynamoDBPersistenceLayer(
            table,
            key_attr=PARTITION_KEY,
            expiry_attr=TTL_ATTRIBUTE,
            in_progress_expiry_attr="lockedUntilMillis",
            status_attr="lockStatus",
            data_attr="lockData",
            boto3_client=dynamodb,
        )
        self._config = IdempotencyConfig(
            event_key_jmespath="inference_id",
            raise_on_no_idempotency_key=True,
            expires_after_seconds=SECONDS,
            hash_function="sha256",
        )

    def lasts_no_longer_than(self, context: LambdaContext) -> None:
        """From here on, a lock whose holder died opens when this invocation's time is up."""
        self._config.register_lambda_context(context)

    def around(self, end: Callable[..., None]) -> Callable[..., None]:
        """The function under the lock of its keyword argument `ending`."""
        locked: Callable[..., None] = idempotent_function(
            end,
            data_keyword_argument="ending",
            persistence_store=self._records,
            config=self._config,
            key_prefix=PREFIX,
        )
        return locked
