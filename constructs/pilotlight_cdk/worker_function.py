"""A Lambda function that may write its own logs and nothing else, until it is granted more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from pilotlight_cdk.lambda_asset import lambda_asset

LOG_RETENTION: Final = logs.RetentionDays.ONE_MONTH


class WorkerFunction(Construct):
    """Runs one of the functions in `lambda/`, with its own role and its own encrypted log group.

    Attributes:
        function: the Lambda function.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        source: str,
        description: str,
        timeout: Duration,
        environment: Mapping[str, str],
        encryption_key: kms.IKey,
        dead_letter_queue: sqs.IQueue | None = None,
        of: str = "an asynchronous endpoint",
        memory_size: int = 256,
        reserved_concurrent_executions: int | None = None,
    ) -> None:
        super().__init__(scope, id)
        log_group = self._build_log_group(encryption_key)
        role = iam.Role(
            self,
            "Role",
            description=f"Runs the Lambda function {source} of {of}",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
        )
        log_group.grant_write(role)
        self.function = lambda_.Function(
            self,
            "Resource",
            description=description,
            runtime=lambda_.Runtime.PYTHON_3_14,
            architecture=lambda_.Architecture.ARM_64,
            memory_size=memory_size,
            reserved_concurrent_executions=reserved_concurrent_executions,
            code=lambda_.Code.from_asset(str(lambda_asset(source))),
            handler="handler.handler",
            role=role,
            timeout=timeout,
            environment={"POWERTOOLS_SERVICE_NAME": f"pilotlight-{source}", **environment},
            log_group=log_group,
            dead_letter_queue=dead_letter_queue,
        )

    def _build_log_group(self, encryption_key: kms.IKey) -> logs.LogGroup:
        return logs.LogGroup(
            self,
            "Logs",
            retention=LOG_RETENTION,
            encryption_key=encryption_key,
            removal_policy=RemovalPolicy.DESTROY,
        )
