"""Starts a batch transform by the clock, and keeps what could not be started."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aws_cdk import Acknowledgment, Duration, Stack, Validations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.spec import TransformSchedule
from pilotlight_cdk.key_use import use_keys
from pilotlight_cdk.permission import allow

DEAD_LETTER_RETENTION: Final = Duration.days(14)


class TransformStarter(Construct):
    """A schedule with a role that may start one state machine and nothing else.

    Attributes:
        dead_letter_queue: holds starts that Step Functions refused to the end, for 14 days.
        cfn_schedule: the schedule.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        schedule: TransformSchedule,
        state_machine_arn: str,
        name: str,
        encryption_key: kms.IKey,
    ) -> None:
        super().__init__(scope, id)
        self.dead_letter_queue = sqs.Queue(
            self,
            "DeadLetters",
            encryption=sqs.QueueEncryption.KMS,
            encryption_master_key=encryption_key,
            enforce_ssl=True,
            retention_period=DEAD_LETTER_RETENTION,
        )
        Validations.of(self.dead_letter_queue).acknowledge(
            Acknowledgment(
                id="AwsSolutions-SQS3", reason="it is itself the dead-letter queue of the schedule"
            )
        )
        role = self._build_role(name, state_machine_arn, encryption_key)
        self.cfn_schedule = scheduler.CfnSchedule(
            self,
            "Resource",
            description=f"Starts the batch transform {name}",
            schedule_expression=schedule.at,
            schedule_expression_timezone=schedule.timezone,
            flexible_time_window=_window(schedule.flexible_window),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=state_machine_arn,
                role_arn=role.role_arn,
                input="{}",
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_event_age_in_seconds=round(schedule.max_age.total_seconds()),
                    maximum_retry_attempts=schedule.max_attempts,
                ),
                dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(
                    arn=self.dead_letter_queue.queue_arn
                ),
            ),
        )
        policy = role.node.find_child("DefaultPolicy")
        self.cfn_schedule.node.add_dependency(policy)  # else the first start may come before it may start

    def _build_role(self, name: str, state_machine_arn: str, key: kms.IKey) -> iam.Role:
        role = iam.Role(
            self,
            "Role",
            description=f"Lets EventBridge Scheduler start the batch transform {name}",
            assumed_by=iam.ServicePrincipal(
                "scheduler.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": Stack.of(self).account}},
            ),
        )
        allow(role, (actions.START_EXECUTION,), (state_machine_arn,))
        allow(role, (actions.SEND_MESSAGE,), (self.dead_letter_queue.queue_arn,))
        use_keys(role, key)
        return role


def _window(flexible: timedelta | None) -> scheduler.CfnSchedule.FlexibleTimeWindowProperty:
    window = scheduler.CfnSchedule.FlexibleTimeWindowProperty
    if flexible is None:
        return window(mode="OFF")
    return window(mode="FLEXIBLE", maximum_window_in_minutes=flexible // timedelta(minutes=1))
