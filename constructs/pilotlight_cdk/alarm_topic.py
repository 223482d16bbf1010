"""The topic that alarms publish to."""

from __future__ import annotations

from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight_cdk.location import Location
from pilotlight_cdk.notification_topic import NotificationTopic


class AlarmTopic(NotificationTopic):
    """Tells people that an alarm went off; subscribe them to it.

    Insisting on TLS replaces the policy that a topic has by default, and with it the permission that alarms
    of the account have, so it is given here again.
    """

    def __init__(self, scope: Construct, id: str, *, of: str, encryption_key: kms.IKey) -> None:
        super().__init__(scope, id, display_name=f"alarms of {of}", encryption_key=encryption_key)
        alarms = Location.of(self).arn("cloudwatch", "alarm:*")
        self.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowAlarms",
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=[actions.PUBLISH],
                resources=[self.topic_arn],
                conditions={"ArnLike": {"aws:SourceArn": alarms}},
            )
        )
