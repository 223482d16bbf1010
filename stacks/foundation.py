"""What the endpoints of a fleet share and what outlives them."""

from __future__ import annotations

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from pilotlight.catalog import foundation as output
from pilotlight.catalog.naming import FOUNDATION_KEY, qualified, stack_name
from pilotlight.spec import FleetSpec
from pilotlight_cdk import AlarmTopic, CustomerKey, DataBucket, StatusTable
from stacks.identity import environment_of, tags_of, title_of


class FoundationStack(Stack):
    """Key, buckets, status table and alarm topic of a fleet.

    It does not depend on the endpoints of the fleet: adding or destroying one never changes it. Its outputs
    are what they find it by. It is protected from deletion, and what holds data outlives it.
    """

    def __init__(self, scope: Construct, *, fleet: FleetSpec) -> None:
        super().__init__(
            scope,
            stack_name(fleet.name, FOUNDATION_KEY, fleet.stage),
            env=environment_of(fleet),
            description=f"Pilotlight fleet {title_of(fleet)}: key, buckets, status table, alarm topic",
            tags=tags_of(fleet),
            termination_protection=True,
        )
        name = qualified(fleet.name, fleet.stage)
        key = CustomerKey(self, "Key", description=f"Encrypts what the Pilotlight fleet {name} works with")
        data = DataBucket(self, "Data", encryption_key=key)
        table = StatusTable(self, "Status", encryption_key=key)
        topic = AlarmTopic(self, "AlarmTopic", of=name, encryption_key=key)
        self._output(output.KEY_ARN, key.key_arn, "Key that encrypts everything of this fleet")
        self._output(output.DATA_BUCKET_NAME, data.bucket.bucket_name, "Requests, answers and models")
        self._output(
            output.ACCESS_LOG_BUCKET_NAME, data.access_log_bucket.bucket_name, "Who read or wrote them"
        )
        self._output(output.STATUS_TABLE_NAME, table.table_name, "How far each request is")
        self._output(output.ALARM_TOPIC_ARN, topic.topic_arn, "Subscribe here to hear of alarms")
        self._output(output.FLEET_NAME, fleet.name, "Name of the fleet, without its stage")

    def _output(self, name: str, value: str, description: str) -> None:
        CfnOutput(self, name, value=value, description=description)
