"""What an asynchronous endpoint works with: given by its user, or created for it alone."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from constructs import Construct

from pilotlight.catalog.naming import AsyncPrefixes, async_prefixes
from pilotlight_cdk.alarm_topic import AlarmTopic
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
    encryption_key: kms.IKey

    @classmethod
    def of(cls, scope: Construct, endpoint_name: str, given_key: kms.IKey | None) -> Surroundings:
        """Use the given key, or create one."""
        if given_key is None:
            description = f"Encrypts what the SageMaker endpoint {endpoint_name} works with"
            return cls(scope, endpoint_name, CustomerKey(scope, "Key", description=description))
        allow_services(given_key)
        return cls(scope, endpoint_name, given_key)

    def storage(self, bucket: s3.IBucket | None, prefixes: AsyncPrefixes | None) -> RequestStorage:
        """The given bucket, or one of its own, and where in it requests and answers are."""
        key = self.encryption_key
        return RequestStorage(
            bucket=DataBucket(self.scope, "Data", encryption_key=key).bucket if bucket is None else bucket,
            prefixes=async_prefixes(self.endpoint_name) if prefixes is None else prefixes,
            key=key,
        )

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
