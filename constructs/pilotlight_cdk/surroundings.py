"""What an endpoint works with beside its model: given by its user, or created for it alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from constructs import Construct

from pilotlight.catalog.naming import AsyncPrefixes, async_prefixes, core_dump_prefix
from pilotlight_cdk.alarm_topic import AlarmTopic
from pilotlight_cdk.core_dumps import CoreDumps
from pilotlight_cdk.customer_key import CustomerKey, allow_services
from pilotlight_cdk.data_bucket import DataBucket
from pilotlight_cdk.notification_topic import NotificationTopic
from pilotlight_cdk.request_storage import RequestStorage
from pilotlight_cdk.status_table import StatusTable


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Creates what was not given as children of the endpoint; each part only when it is asked for."""

    scope: Construct
    endpoint_name: str
    _keys: list[kms.IKey]
    _made: dict[str, s3.IBucket] = field(default_factory=dict)

    @classmethod
    def of(cls, scope: Construct, endpoint_name: str, given_key: kms.IKey | None) -> Surroundings:
        """Use the given key, or create one when it is needed."""
        if given_key is None:
            return cls(scope, endpoint_name, [])
        allow_services(given_key)
        return cls(scope, endpoint_name, [given_key])

    @property
    def encryption_key(self) -> kms.IKey:
        """The given key, or one of its own for all that is encrypted."""
        if not self._keys:
            description = f"Encrypts what the SageMaker endpoint {self.endpoint_name} works with"
            self._keys.append(CustomerKey(self.scope, "Key", description=description))
        return self._keys[0]

    def storage(self, bucket: s3.IBucket | None, prefixes: AsyncPrefixes | None) -> RequestStorage:
        """The given bucket, or one of its own, and where in it requests and answers are."""
        return RequestStorage(
            bucket=self.bucket(bucket),
            prefixes=async_prefixes(self.endpoint_name) if prefixes is None else prefixes,
            key=self.encryption_key,
        )

    def bucket(self, given: s3.IBucket | None) -> s3.IBucket:
        """The given bucket, or one of its own for all that asks."""
        if given is None and "Data" not in self._made:
            made = DataBucket(self.scope, "Data", encryption_key=self.encryption_key)
            self._made["Data"] = made.bucket
        return self._made["Data"] if given is None else given

    def core_dumps(self, wanted: bool, bucket: s3.IBucket | None, prefix: str | None) -> CoreDumps | None:
        """Where the endpoint's dumps go; None when none are wanted."""
        if not wanted:
            return None
        where = core_dump_prefix(self.endpoint_name) if prefix is None else prefix
        return CoreDumps(self.bucket(bucket), where, self.encryption_key)

    def success_topic(self, given: sns.ITopic | None) -> sns.ITopic:
        """The given topic, or one of its own."""
        return self._topic(given, "SuccessTopic", "answers")

    def error_topic(self, given: sns.ITopic | None) -> sns.ITopic:
        """The given topic, or one of its own."""
        return self._topic(given, "ErrorTopic", "failures")

    def alarm_topic(self, given: sns.ITopic | None) -> sns.ITopic:
        """The given topic, or one of its own."""
        if given is not None:
            return given
        return AlarmTopic(self.scope, "AlarmTopic", of=self.endpoint_name, encryption_key=self.encryption_key)

    def status_table(self, given: dynamodb.ITable | None) -> dynamodb.ITable:
        """The given table, or one of its own."""
        return (
            StatusTable(self.scope, "Status", encryption_key=self.encryption_key) if given is None else given
        )

    def _topic(self, given: sns.ITopic | None, id: str, content: str) -> sns.ITopic:
        if given is not None:
            return given
        name = f"{content} of {self.endpoint_name}"
        return NotificationTopic(self.scope, id, display_name=name, encryption_key=self.encryption_key)
