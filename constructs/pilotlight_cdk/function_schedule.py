"""Starts a Lambda function at a fixed rate."""

from __future__ import annotations

from aws_cdk import Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from pilotlight_cdk.permission import allow


def build_schedule(
    scope: Construct,
    *,
    function: lambda_.IFunction,
    every: Duration,
    what: str,
    called: str,
    retries: int,
) -> scheduler.CfnSchedule:
    """Create a schedule that starts a function, with a role that may start nothing else.

    Args:
        scope: parent of the schedule and its role.
        function: is started.
        every: how often, in whole minutes.
        what: is started, for the description of the schedule.
        called: how the description of the role calls it.
        retries: how often a start that Lambda refuses is repeated, within the time until the next one.
    """
    # the L2 target would also allow every version of the function, with a wildcard
    return scheduler.CfnSchedule(
        scope,
        "Schedule",
        description=f"Starts {what}",
        schedule_expression=f"rate({round(every.to_minutes())} minutes)",
        flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
        target=scheduler.CfnSchedule.TargetProperty(
            arn=function.function_arn,
            role_arn=_build_role(scope, function, called).role_arn,
            retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                maximum_event_age_in_seconds=min(round(every.to_seconds()), 86_400),
                maximum_retry_attempts=retries,
            ),
        ),
    )


def _build_role(scope: Construct, function: lambda_.IFunction, called: str) -> iam.Role:
    account = Stack.of(scope).account
    role = iam.Role(
        scope,
        "ScheduleRole",
        description=f"Lets EventBridge Scheduler start {called}",
        assumed_by=iam.ServicePrincipal(
            "scheduler.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": account}}
        ),
    )
    allow(role, ("lambda:InvokeFunction",), (function.function_arn,))
    return role
