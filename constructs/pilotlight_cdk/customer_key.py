"""The one customer-managed key of a fleet, with what its policy must say about AWS services."""

from __future__ import annotations

from typing import Final
from weakref import WeakSet

from aws_cdk import RemovalPolicy, Token
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.catalog.regions import partition_of
from pilotlight_cdk.location import Location

SENDERS: Final = {
    "sns": ("sns.amazonaws.com", "sns", "*"),
    "cloudwatch": ("cloudwatch.amazonaws.com", "cloudwatch", "alarm:*"),
    "events": ("events.amazonaws.com", "events", "rule/*"),
}
"""Services that put something into a queue or topic which the key encrypts: principal, and from where.

SNS fills the completion queues, CloudWatch alarms publish to the alarm topic, EventBridge rules forward the
events of ended requests (SNS Developer Guide, Key management; CloudWatch User Guide, Using alarms with SNS).
"""


_ALLOWING: Final[WeakSet[kms.Key]] = WeakSet()
"""Keys that have allowed it: endpoints that share a key need it only once."""


class CustomerKey(kms.Key):
    """Encrypts buckets, topics, queues, tables and logs.

    Stacks that import a key cannot change its policy, so it says here once what its services need.
    It rotates every year and outlives its stack: what it has encrypted would be lost with it.
    """

    def __init__(self, scope: Construct, id: str, *, description: str) -> None:
        super().__init__(
            scope,
            id,
            description=description,
            enable_key_rotation=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        allow_services(self)


def allow_services(key: kms.IKey) -> None:
    """Let AWS services use a key for what endpoints need; an imported key has to allow it already."""
    if not isinstance(key, kms.Key) or key in _ALLOWING:
        return
    _ALLOWING.add(key)
    location = Location.of(key)
    for name in SENDERS:
        key.add_to_resource_policy(_sender_statement(location, name))
    key.add_to_resource_policy(_logs_statement(location))


def _sender_statement(location: Location, name: str) -> iam.PolicyStatement:
    principal, service, source = SENDERS[name]
    return iam.PolicyStatement(
        sid=f"Allow{name.capitalize()}",
        principals=[iam.ServicePrincipal(principal)],
        actions=[actions.KMS_DECRYPT, actions.KMS_GENERATE_DATA_KEY],
        resources=["*"],
        conditions={"ArnLike": {"aws:SourceArn": location.arn(service, source)}},
    )


def _logs_statement(location: Location) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        sid="AllowLogs",
        principals=[iam.ServicePrincipal(_logs_principal(location.region))],
        actions=[*actions.USE_LOGS_KEY],
        resources=["*"],
        conditions={
            "ArnLike": {"kms:EncryptionContext:aws:logs:arn": location.arn("logs", "log-group:*")},
        },
    )


def _logs_principal(region: str) -> str:
    """Name CloudWatch Logs, which unlike other services has its region and partition in its name."""
    suffix = "amazonaws.com" if Token.is_unresolved(region) else partition_of(region).dns_suffix
    return f"logs.{region}.{suffix}"
