"""A batch transform: a state machine that runs a job over everything below a prefix of S3."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, Literal, Self

from aws_cdk import Duration, RemovalPolicy, Stack, Tags
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct

from pilotlight.catalog import actions, naming
from pilotlight.catalog.instance_types import has_local_nvme
from pilotlight.spec import (
    BatchTransformSpec,
    DataProcessing,
    TransformAlarms,
    TransformInput,
    TransformNotify,
    TransformOutput,
    TransformRetries,
    TransformSchedule,
)
from pilotlight_cdk.batch_transform_alarms import BatchTransformAlarms
from pilotlight_cdk.construct_path import ConstructPath
from pilotlight_cdk.endpoint_name import literal_name
from pilotlight_cdk.hosting_permissions import volume_permissions
from pilotlight_cdk.model import Model
from pilotlight_cdk.permission import allow
from pilotlight_cdk.spec_of import spec_of
from pilotlight_cdk.surroundings import Surroundings
from pilotlight_cdk.transform_definition import build_definition
from pilotlight_cdk.transform_metrics import TransformMetrics
from pilotlight_cdk.transform_model_access import job_permissions
from pilotlight_cdk.transform_role import allow_telling, build_transform_role
from pilotlight_cdk.transform_starter import TransformStarter
from pilotlight_cdk.transform_storage import TransformStorage
from pilotlight_cdk.transform_surrounding import TransformSurrounding
from pilotlight_cdk.worker_function import LOG_RETENTION

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
EVERYTHING: Final = TransformInput()
BESIDE_IT: Final = TransformOutput()
AS_IT_IS: Final = DataProcessing()
A_FEW_RETRIES: Final = TransformRetries()
EVERY_END: Final = TransformNotify()
ANY_FAILURE: Final = TransformAlarms()
EXECUTION_EVENT: Final = "Step Functions Execution Status Change"
ExecutionStatus = Literal["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]


class BatchTransform(Construct, TransformMetrics):
    """Answers every object below a prefix of S3 with a job that starts, works and is gone.

    Start it with `StartExecution`, or by the clock. Between jobs there is no instance and nothing to pay for
    but what is stored. A job that fails is started again; one that takes too long is stopped.

    Args:
        model: what answers; its artefact is one archive, not a prefix.
        instance_type: as `ml.m5.large`; jobs run on fewer types than endpoints.
        instance_count: instances that share the objects of a job. Default: 1.
        input: what a job reads. Default: every object below the input prefix, each as a whole.
        output: what a job writes. Default: for each object that it read one with `.out` at its end.
        data_processing: what of a record the model sees and what stands beside its answer. Default: the model
            sees all, only answers are written.
        batch_strategy: `MultiRecord` or `SingleRecord`. Default: the container says, or else MultiRecord.
        max_payload_in_mb: largest request. Default: the container says, or else 6.
        max_concurrent_transforms: requests at once on an instance. Default: the container says, or else 1.
        invocations_timeout: how long an answer may take. Default: ten minutes.
        invocations_max_retries: of a request within a job. Default: 3.
        environment: variables of the container beside those of the model. Default: none.
        ami_version: machine image of instances with GPUs. Default: SageMaker chooses.
        timeout: after which a job is stopped. Default: one day.
        retries: of jobs. Default: 6 when SageMaker cannot start one for now, 1 when a job failed.
        schedule: when it starts by itself. Default: never.
        notify: which ends are told to topics. Default: success and failure.
        alarms: thresholds. Default: one failed execution, one dead letter of the schedule.
        tags: on everything that it makes, and on its jobs. Default: none.
        state_machine_name: what it is started by; jobs are named after it. Default: from its path.
        bucket: holds input and output. Default: one of its own, unless both are elsewhere.
        prefixes: where in the bucket. Default: `transform/<state machine name>/{in,out}/`.
        encryption_key: encrypts output, volumes, topics and logs. Default: a `CustomerKey` of its own.
        success_topic: is told of answers. Default: one of its own.
        error_topic: is told of failures. Default: one of its own.
        alarm_topic: is told of alarms. Default: one of its own.
        job_tags: on jobs only, beside `tags`; a job is no resource of the stack. Default: none.

    Attributes:
        spec: the keywords as data.
        state_machine_name: a literal, not a reference.
        state_machine_arn: what it is started by.
        storage: where input and output are.
        success_topic: None unless success is told.
        error_topic: None unless failure is told.
        starter: the schedule; None without one.
        alarms: what tells people.
        cfn_state_machine: the state machine itself.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        model: Model,
        instance_type: str,
        instance_count: int = 1,
        input: TransformInput = EVERYTHING,
        output: TransformOutput = BESIDE_IT,
        data_processing: DataProcessing = AS_IT_IS,
        batch_strategy: Literal["MultiRecord", "SingleRecord"] | None = None,
        max_payload_in_mb: int | None = None,
        max_concurrent_transforms: int | None = None,
        invocations_timeout: Duration | timedelta | None = None,
        invocations_max_retries: int | None = None,
        environment: Mapping[str, str] = NOTHING,
        ami_version: str | None = None,
        timeout: Duration | timedelta = timedelta(days=1),
        retries: TransformRetries = A_FEW_RETRIES,
        schedule: TransformSchedule | None = None,
        notify: TransformNotify = EVERY_END,
        alarms: TransformAlarms = ANY_FAILURE,
        tags: Mapping[str, str] = NOTHING,
        state_machine_name: str | None = None,
        bucket: s3.IBucket | None = None,
        prefixes: naming.TransformPrefixes | None = None,
        encryption_key: kms.IKey | None = None,
        success_topic: sns.ITopic | None = None,
        error_topic: sns.ITopic | None = None,
        alarm_topic: sns.ITopic | None = None,
        job_tags: Mapping[str, str] = NOTHING,
    ) -> None:
        self.spec = spec_of(BatchTransformSpec, ConstructPath(scope, id), locals())
        model.refuse_unfit(instance_type)
        super().__init__(scope, id)
        self.model = model
        self.state_machine_name = literal_name(self, state_machine_name, keyword="state_machine_name")
        around = Surroundings.of(self, self.state_machine_name, encryption_key)
        self._key = around.encryption_key
        self.storage = self._choose_storage(bucket, prefixes)
        self.success_topic = around.success_topic(success_topic) if self.spec.notify.success else None
        self.error_topic = around.error_topic(error_topic) if self.spec.notify.failure else None
        self._grant_model_what_jobs_need()
        self.cfn_state_machine = self._build_state_machine({**job_tags, **self.spec.tags})
        self.state_machine_arn = self.cfn_state_machine.attr_arn
        self.starter = self._build_starter()
        self.alarms = BatchTransformAlarms(
            self,
            "Alarms",
            transform=self,
            name=self.state_machine_name,
            alarm_topic=around.alarm_topic(alarm_topic),
            alarms=self.spec.alarms,
            dead_letter_queue=None if self.starter is None else self.starter.dead_letter_queue,
        )
        for key, value in self.spec.tags.items():
            Tags.of(self).add(key, value)

    @classmethod
    def from_spec(
        cls, scope: Construct, id: str, spec: BatchTransformSpec, *, model: Model, **live: Any
    ) -> Self:
        """Build what a fleet file says; `live` are the keywords that a fleet file cannot hold."""
        kept = (name for name in BatchTransformSpec.model_fields if name not in ("kind", "model"))
        return cls(scope, id, model=model, **{name: getattr(spec, name) for name in kept}, **live)

    def grant_start(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let somebody start executions; see `grant_read_write_data` for what they work on."""
        return allow(grantee, (actions.START_EXECUTION,), (self.state_machine_arn,))

    def grant_read_write_data(self, grantee: iam.IGrantable) -> iam.Grant:
        """Let somebody put records where jobs read them, get the answers, and use the key."""
        return self.storage.allow_caller(grantee)

    def on_execution_status_change(
        self, id: str, *, statuses: Sequence[ExecutionStatus], target: events.IRuleTarget | None = None
    ) -> events.Rule:
        """Route the events that Step Functions sends when an execution begins or ends; see `notify` too.

        Unlike the topics, they also tell of executions that somebody aborted.
        """
        rule = events.Rule(
            self,
            id,
            description=f"Executions of {self.state_machine_name} that are {', '.join(statuses)}",
            event_pattern=events.EventPattern(
                source=["aws.states"],
                detail_type=[EXECUTION_EVENT],
                detail={"stateMachineArn": [self.state_machine_arn], "status": [*statuses]},
            ),
        )
        if target is not None:
            rule.add_target(target)
        return rule

    def _choose_storage(
        self, bucket: s3.IBucket | None, prefixes: naming.TransformPrefixes | None
    ) -> TransformStorage:
        return TransformStorage.of(
            self,
            input=self.spec.input,
            output=self.spec.output,
            bucket=bucket,
            prefixes=naming.transform_prefixes(self.state_machine_name) if prefixes is None else prefixes,
            key=self._key,
        )

    @property
    def _volume_key_arn(self) -> str | None:
        """The key of the storage volumes; SageMaker refuses one for types with local NVMe disks."""
        return None if has_local_nvme(self.spec.instance_type) else self._key.key_arn

    def _grant_model_what_jobs_need(self) -> None:
        needed = (
            *self.storage.permissions,
            *job_permissions(self),
            *volume_permissions(self._volume_key_arn),
        )
        self.model.hosting_role.permit(needed)

    def _build_state_machine(self, job_tags: Mapping[str, str]) -> stepfunctions.CfnStateMachine:
        role = self._build_role()
        machine = stepfunctions.CfnStateMachine
        definition, substitutions = self._definition(job_tags)
        resource = machine(
            self,
            "Resource",
            state_machine_name=self.state_machine_name,
            state_machine_type="STANDARD",
            role_arn=role.role_arn,
            definition=definition,
            definition_substitutions=substitutions,
            logging_configuration=machine.LoggingConfigurationProperty(
                level="ALL",
                include_execution_data=True,
                destinations=[self._log_destination()],
            ),
            tracing_configuration=machine.TracingConfigurationProperty(enabled=True),
        )
        # without its policy the state machine cannot be created: Step Functions checks that it may log
        resource.node.add_dependency(role.node.find_child("DefaultPolicy"))
        return resource

    def _build_role(self) -> iam.Role:
        role = build_transform_role(
            self, "Role", name=self.state_machine_name, model_role_arn=self.model.hosting_role.arn
        )
        for topic in (self.success_topic, self.error_topic):
            if topic is not None:
                allow_telling(role, topic, self._key)
        return role

    def _log_destination(self) -> stepfunctions.CfnStateMachine.LogDestinationProperty:
        group = logs.LogGroup(
            self,
            "Logs",
            # a name that begins so needs no place in the account's one resource policy of CloudWatch Logs
            log_group_name=f"/aws/vendedlogs/states/{self.state_machine_name}",
            retention=LOG_RETENTION,
            encryption_key=self._key,
            removal_policy=RemovalPolicy.DESTROY,
        )
        machine = stepfunctions.CfnStateMachine
        return machine.LogDestinationProperty(
            cloud_watch_logs_log_group=machine.CloudWatchLogsLogGroupProperty(
                log_group_arn=group.log_group_arn
            )
        )

    def _definition(self, job_tags: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
        """The definition, and what CloudFormation fills into its `${…}`."""
        given = self.spec.output.s3_output_path
        values = {
            "ModelName": self.model.model_name,
            "InputUri": self.storage.source.uri,
            "OutputUri": self.storage.output.path if given is None else given,
            "KeyArn": self._key.key_arn,
            "SuccessTopicArn": None if self.success_topic is None else self.success_topic.topic_arn,
            "ErrorTopicArn": None if self.error_topic is None else self.error_topic.topic_arn,
        }
        known = {name: value for name, value in values.items() if value is not None}
        place = {name: f"${{{name}}}" for name in known}
        around = TransformSurrounding(
            partition=Stack.of(self).partition,
            name=self.state_machine_name,
            model_name=place["ModelName"],
            input_uri=place["InputUri"],
            output_uri=place["OutputUri"],
            output_key_id=place["KeyArn"],
            volume_key_id=None if self._volume_key_arn is None else place["KeyArn"],
            success_topic_arn=place.get("SuccessTopicArn"),
            error_topic_arn=place.get("ErrorTopicArn"),
            job_tags=job_tags,
        )
        return build_definition(self.spec, around), known

    def _build_starter(self) -> TransformStarter | None:
        if self.spec.schedule is None:
            return None
        return TransformStarter(
            self,
            "Schedule",
            schedule=self.spec.schedule,
            state_machine_arn=self.state_machine_arn,
            name=self.state_machine_name,
            encryption_key=self._key,
        )
