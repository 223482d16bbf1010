"""What the role of a model needs beside its data when it runs in transform jobs."""

from __future__ import annotations

from typing import Final

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.catalog import batch_transform as facts
from pilotlight_cdk.execution_role import NO_RESOURCE
from pilotlight_cdk.permission import allow

STREAMS: Final = "log streams are named after jobs and instances that do not exist yet"


def allow_job_logs_and_metrics(role: iam.IGrantable, scope: Construct) -> None:
    """Let the role write into the log group of all jobs, and publish their metrics."""
    stack = Stack.of(scope)
    group = f"arn:{stack.partition}:logs:{stack.region}:{stack.account}:log-group:{facts.LOG_GROUP}"
    allow(role, actions.WRITE_LOGS, (group, f"{group}:*"), wildcard_because=STREAMS)
    allow(
        role,
        (actions.PUT_METRIC_DATA,),
        ("*",),
        conditions={"StringEquals": {"cloudwatch:namespace": [facts.INSTANCE_NAMESPACE]}},
        wildcard_because=NO_RESOURCE,
    )
