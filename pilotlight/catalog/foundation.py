"""Names the outputs of the foundation stack: what endpoint stacks, operators and the local AWS look up."""

from __future__ import annotations

from typing import Final

KEY_ARN: Final = "KeyArn"
DATA_BUCKET_NAME: Final = "DataBucketName"
ACCESS_LOG_BUCKET_NAME: Final = "AccessLogBucketName"
STATUS_TABLE_NAME: Final = "StatusTableName"
ALARM_TOPIC_ARN: Final = "AlarmTopicArn"
FLEET_NAME: Final = "FleetName"
"""Tells the name of the fleet from its stage, which the names of stacks join."""

OUTPUTS: Final = (
    KEY_ARN,
    DATA_BUCKET_NAME,
    ACCESS_LOG_BUCKET_NAME,
    STATUS_TABLE_NAME,
    ALARM_TOPIC_ARN,
    FLEET_NAME,
)
"""All of them: a foundation has exactly these, whatever its endpoints are, so no endpoint ever changes it."""
