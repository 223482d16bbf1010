"""The status table as this function sees it: end a row once, and remember that its event was announced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import ClientError
from notification import Ending

type_of, value_of = TypeSerializer().serialize, TypeDeserializer().deserialize

PARTITION_KEY = "inferenceId"
TTL_ATTRIBUTE = "expiresAt"
INDEX_ATTRIBUTES = ("pending", "deadline")
NOT_YET_FINAL = "attribute_not_exists(#status) OR #status = :submitted"
SUBMITTED = "Submitted"
EVENT = "event"

Row = Mapping[str, Any]


def ended(ending: Ending, *, now: float, retention: int) -> dict[str, object]:
    """The attributes a row gets when its request ends; the event becomes due in the same write.

    `now` is the epoch second of the write, `retention` the seconds the row lives from then on.
    """
    return {
        "endedAt": datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds"),
        **ending.facts,
        "status": ending.status,
        "pending": EVENT,
        "deadline": int(now),
        TTL_ATTRIBUTE: int(now) + retention,
    }


@dataclass(frozen=True, slots=True)
class StatusTable:
    """One table behind a DynamoDB client."""

    dynamodb: Any
    name: str

    def end(self, inference_id: str, attributes: Mapping[str, object]) -> Row:
        """Set the attributes unless the row is final; the row as it then is. The first final state wins."""
        names = {f"#{name}": name for name in attributes}
        values = {f":{name}": type_of(value) for name, value in attributes.items()}
        try:
            answer = self.dynamodb.update_item(
                TableName=self.name,
                Key={PARTITION_KEY: type_of(inference_id)},
                UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in attributes),
                ConditionExpression=NOT_YET_FINAL,
                ExpressionAttributeNames=names,
                ExpressionAttributeValues={**values, ":submitted": type_of(SUBMITTED)},
                ReturnValues="ALL_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            return _plain(_kept(error))
        return _plain(answer["Attributes"])

    def announced(self, inference_id: str) -> None:
        """Note that nothing is pending any more; a row that has meanwhile been deleted stays deleted."""
        try:
            self.dynamodb.update_item(
                TableName=self.name,
                Key={PARTITION_KEY: type_of(inference_id)},
                UpdateExpression="REMOVE #pending, #deadline",
                ConditionExpression="#pending = :event",
                ExpressionAttributeNames={"#pending": "pending", "#deadline": "deadline"},
                ExpressionAttributeValues={":event": type_of(EVENT)},
            )
        except ClientError as error:
            if not _refused(error):
                raise


def _refused(error: ClientError) -> bool:
    return bool(error.response["Error"]["Code"] == "ConditionalCheckFailedException")


def _kept(error: ClientError) -> dict[str, Any]:
    if not _refused(error):
        raise error
    item: dict[str, Any] = error.response["Item"]
    return item


def _plain(item: Mapping[str, Any]) -> Row:
    return {name: value_of(value) for name, value in item.items()}
