"""The role of the state machine of a batch transform: its own jobs, and telling of them."""

from __future__ import annotations

from typing import Final

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from constructs import Construct

from pilotlight.catalog import actions
from pilotlight.catalog import batch_transform as facts
from pilotlight_cdk.key_use import use_keys
from pilotlight_cdk.permission import allow

OWN_JOBS: Final = "the names of jobs end in what tells executions and attempts apart"
NO_RESOURCE: Final = "log delivery and tracing know no resource"


def build_transform_role(scope: Construct, id: str, *, name: str, model_role_arn: str) -> iam.Role:
    """Create the role (Step Functions Developer Guide, IAM policies for SageMaker).

    Only state machines of the same account may use it.
    """
    role = iam.Role(
        scope,
        id,
        description=f"Runs the transform jobs of {name}",
        assumed_by=iam.ServicePrincipal(
            "states.amazonaws.com",
            conditions={"StringEquals": {"aws:SourceAccount": Stack.of(scope).account}},
        ),
    )
    _allow_jobs(role, Stack.of(scope), name)
    allow(
        role,
        (actions.PASS_ROLE,),
        (model_role_arn,),
        conditions={"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
    )
    allow(role, (*actions.DELIVER_LOGS, *actions.TRACE), ("*",), wildcard_because=NO_RESOURCE)
    return role


def allow_telling(role: iam.IGrantable, topic: sns.ITopic, key: kms.IKey) -> None:
    """Let the role publish to a topic, which the key encrypts unless the topic is known to have another."""
    allow(role, (actions.PUBLISH,), (topic.topic_arn,))
    use_keys(role, topic.master_key or key)


def _allow_jobs(role: iam.IGrantable, stack: Stack, name: str) -> None:
    prefix = facts.job_name_prefix(name)
    jobs = stack.format_arn(service="sagemaker", resource="transform-job", resource_name=f"{prefix}*")
    rule = stack.format_arn(service="events", resource="rule", resource_name=facts.STEP_FUNCTIONS_RULE)
    allow(
        role,
        (*actions.RUN_TRANSFORM_JOB, *actions.TAG_TRANSFORM_JOB),
        (jobs,),
        wildcard_because=OWN_JOBS,
    )
    allow(role, actions.HEAR_OF_TRANSFORM_JOBS, (rule,))
