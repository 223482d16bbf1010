"""A batch transform: its state machine, who may do what, and what calls for help."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pilotlight.catalog import actions
from pilotlight.catalog import batch_transform as facts
from pilotlight.catalog.published import published_by
from pilotlight.spec import BatchTransformSpec
from pilotlight_cdk import (
    BatchTransform,
    DataProcessing,
    FleetRefused,
    ModelArtifact,
    Retry,
    TransformAlarms,
    TransformInput,
    TransformNotify,
    TransformOutput,
    TransformRetries,
    TransformSchedule,
)
from pilotlight_cdk.transform_metrics import TransformMetrics

LIVE = {
    "alarm_topic",
    "bucket",
    "encryption_key",
    "error_topic",
    "job_tags",
    "prefixes",
    "state_machine_name",
    "success_topic",
}
"""Keywords that a fleet file cannot hold, or that its stacks decide."""

CSV: dict[str, Any] = {
    "input": TransformInput(content_type="text/csv", split_type="Line"),
    "output": TransformOutput(accept="text/csv", assemble_with="Line"),
    "data_processing": DataProcessing(input_filter="$[1:]", join_source="Input"),
}
NIGHTLY = TransformSchedule(at="cron(0 3 * * ? *)", timezone="Europe/Berlin")


@pytest.fixture(scope="module")
def transform(new_stack: Any, new_model: Any) -> Callable[..., BatchTransform]:
    """Give a maker of batch transforms called `Night`, each in a stack of its own."""

    def make(**keywords: Any) -> BatchTransform:
        stack = new_stack()
        keywords.setdefault("instance_type", "ml.m5.large")
        keywords.setdefault("state_machine_name", "night")
        model = keywords.pop("model", None) or new_model(stack)
        return BatchTransform(stack, "Night", model=model, **keywords)

    return make


@pytest.fixture(scope="module")
def resources(transform: Callable[..., BatchTransform], resources_of: Any) -> Callable[..., Any]:
    """Give what turns keywords into the resources of a stack with one batch transform."""
    return lambda **keywords: resources_of(transform(**keywords).node.scope)


@pytest.fixture(scope="module")
def plain(resources: Callable[..., Any]) -> Any:
    """The resources of a batch transform with nothing but defaults."""
    return resources()


def states_of(found: Any) -> dict[str, Any]:
    """The states of the only state machine."""
    states: dict[str, Any] = found.one("StepFunctions::StateMachine")["Definition"]["States"]
    return states


def test_the_job_is_what_the_keywords_say(resources: Callable[..., Any]) -> None:
    """In the words of CreateTransformJob; what was left out is left to SageMaker."""
    found = resources(
        **CSV,
        instance_count=2,
        batch_strategy="SingleRecord",
        max_payload_in_mb=5,
        max_concurrent_transforms=4,
        invocations_timeout=timedelta(minutes=1),
        invocations_max_retries=0,
        environment={"WORKERS": "2"},
        tags={"team": "support"},
        job_tags={"pilotlight:fleet": "night"},
        timeout=timedelta(hours=2),
    )
    task = states_of(found)["Transform"]
    request = task["Arguments"]

    assert f"arn:aws:{facts.CREATE_JOB}" == task["Resource"]
    assert 7200 == task["TimeoutSeconds"]
    assert {
        "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "${InputUri}"}},
        "ContentType": "text/csv",
        "CompressionType": "None",
        "SplitType": "Line",
    } == request["TransformInput"]
    assert {
        "S3OutputPath": "${OutputUri}",
        "Accept": "text/csv",
        "AssembleWith": "Line",
        "KmsKeyId": "${KeyArn}",
    } == request["TransformOutput"]
    assert {
        "InstanceType": "ml.m5.large",
        "InstanceCount": 2,
        "VolumeKmsKeyId": "${KeyArn}",
    } == request["TransformResources"]
    assert {"InputFilter": "$[1:]", "JoinSource": "Input", "OutputFilter": "$"} == request["DataProcessing"]
    assert ("SingleRecord", 5, 4) == tuple(
        request[name] for name in ("BatchStrategy", "MaxPayloadInMB", "MaxConcurrentTransforms")
    )
    assert {"InvocationsTimeoutInSeconds": 60, "InvocationsMaxRetries": 0} == request["ModelClientConfig"]
    assert {"WORKERS": "2"} == request["Environment"]
    assert [
        {"Key": "pilotlight:fleet", "Value": "night"},
        {"Key": "team", "Value": "support"},
    ] == request["Tags"]


def test_what_is_left_out_is_left_to_sagemaker(plain: Any) -> None:
    """Nothing is sent that nobody said, so that the container can decide."""
    request = states_of(plain)["Transform"]["Arguments"]

    assert {
        "ModelName",
        "TransformInput",
        "TransformJobName",
        "TransformOutput",
        "TransformResources",
    } == request.keys()


def test_types_with_disks_of_their_own_get_no_volume_key(resources: Callable[..., Any]) -> None:
    """SageMaker refuses one there (CreateTransformJob, VolumeKmsKeyId)."""
    request = states_of(resources(instance_type="ml.g5.xlarge"))["Transform"]["Arguments"]

    assert {"InstanceType", "InstanceCount"} == request["TransformResources"].keys()


def test_every_attempt_of_every_execution_is_a_job_of_its_own(resources: Callable[..., Any]) -> None:
    """The name begins like the machine, so that its role can be held to it, and ends in what is unique."""
    found = resources(state_machine_name="a" * 63)
    name = states_of(found)["Transform"]["Arguments"]["TransformJobName"]
    jobs = found.statement("NightRole", actions.RUN_TRANSFORM_JOB[0])["Resource"]

    assert f"'{'a' * 40}-'" in name
    for part in ("Execution.Id", "Execution.StartTime", "Execution.RedriveCount", "State.RetryCount"):
        assert part in name
    assert f":transform-job/{'a' * 40}-*" == jobs["Fn::Join"][1][-1]


def test_throttling_and_failures_are_retried_apart(resources: Callable[..., Any]) -> None:
    """The first retrier that matches decides, so the names of throttling come before every failure."""
    retries = TransformRetries(
        throttled=Retry(max_attempts=9, interval=timedelta(seconds=5), backoff_rate=1.5),
        failed=Retry(max_attempts=0),
    )
    task = states_of(resources(retries=retries))["Transform"]

    assert [
        {
            "ErrorEquals": [*facts.THROTTLED],
            "IntervalSeconds": 5,
            "MaxAttempts": 9,
            "BackoffRate": 1.5,
        },
        {"ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 60, "MaxAttempts": 0, "BackoffRate": 2},
    ] == task["Retry"]


def test_a_job_that_takes_too_long_is_stopped_before_anybody_is_told(plain: Any) -> None:
    """Step Functions forgets a task whose time is over; the job would go on, and cost."""
    states = states_of(plain)
    timed_out, anything = states["Transform"]["Catch"]

    assert (["States.Timeout"], "StopJob") == (timed_out["ErrorEquals"], timed_out["Next"])
    assert (["States.ALL"], "TellFailure") == (anything["ErrorEquals"], anything["Next"])
    assert "{% $job %}" == states["StopJob"]["Arguments"]["TransformJobName"]
    assert ("TellFailure", "Failed") == (states["StopJob"]["Next"], states["TellFailure"]["Next"])
    assert "Fail" == states["Failed"]["Type"]


def test_nobody_is_told_who_does_not_want_to_know(resources: Callable[..., Any]) -> None:
    """No topic, no state, no permission; a failure still fails the execution."""
    found = resources(notify=TransformNotify(success=False, failure=False), alarms=TransformAlarms())
    states = states_of(found)

    assert {"Transform", "StopJob", "Failed"} == states.keys()
    assert states["Transform"]["End"]
    assert {"Failed"} == {states["StopJob"]["Next"], states["Transform"]["Catch"][1]["Next"]}
    assert 1 == len(found.all("SNS::Topic"))  # of the alarms
    assert not [each for each in found.statements("NightRole") if "sns:Publish" in each["Action"]]


def test_the_machine_may_run_its_jobs_and_little_else(plain: Any) -> None:
    """What AWS documents for this integration, held to names, one role and one rule."""
    statements = plain.statements("NightRole")
    allowed = {
        action
        for each in statements
        for action in ([each["Action"]] if isinstance(each["Action"], str) else each["Action"])
    }
    passed = next(each for each in statements if each["Action"] == actions.PASS_ROLE)

    assert allowed == {
        *actions.RUN_TRANSFORM_JOB,
        *actions.TAG_TRANSFORM_JOB,
        *actions.HEAR_OF_TRANSFORM_JOBS,
        *actions.DELIVER_LOGS,
        *actions.TRACE,
        actions.PASS_ROLE,
        actions.PUBLISH,
        actions.KMS_DECRYPT,
        actions.KMS_GENERATE_DATA_KEY,
    }
    assert {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}} == passed["Condition"]
    assert "ModelRole" in str(passed["Resource"])
    anywhere = [each for each in statements if each["Resource"] == "*"]
    assert [sorted((*actions.DELIVER_LOGS, *actions.TRACE))] == [sorted(each["Action"]) for each in anywhere]


def test_the_model_may_read_its_input_and_write_its_output(resources: Callable[..., Any]) -> None:
    """And nothing beside them: also a manifest leads only to what is in its folder."""
    found = resources(
        input=TransformInput(s3_data_type="ManifestFile", s3_uri="s3://theirs/lists/today.json"),
        output=TransformOutput(s3_output_path="s3://theirs/answers/"),
    )
    read = found.statement("ModelRole", actions.GET_OBJECT)
    written = found.statement("ModelRole", actions.PUT_OBJECT)

    assert "/lists/*" in str(read["Resource"])
    assert "/answers/*" in str(written["Resource"])
    assert not found.all("S3::Bucket")
    values = found.one("StepFunctions::StateMachine")["DefinitionSubstitutions"]
    assert ("s3://theirs/lists/today.json", "s3://theirs/answers/") == (
        values["InputUri"],
        values["OutputUri"],
    )


def test_the_schedule_starts_it_and_keeps_what_could_not_be_started(resources: Callable[..., Any]) -> None:
    """In a time zone, within a window, with dead letters that an alarm looks at."""
    window = NIGHTLY.model_copy(update={"flexible_window": timedelta(minutes=15)})
    found = resources(schedule=window)
    schedule = found.one("Scheduler::Schedule")
    names = {each["MetricName"] for each in found.all("CloudWatch::Alarm")}

    assert ("cron(0 3 * * ? *)", "Europe/Berlin") == (
        schedule["ScheduleExpression"],
        schedule["ScheduleExpressionTimezone"],
    )
    assert {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15} == schedule["FlexibleTimeWindow"]
    assert {"MaximumEventAgeInSeconds": 3600, "MaximumRetryAttempts": 3} == schedule["Target"]["RetryPolicy"]
    assert "DeadLetterConfig" in schedule["Target"]
    assert [actions.START_EXECUTION] == [
        each["Action"] for each in found.statements("ScheduleRole") if "states:" in str(each["Action"])
    ]
    assert {"ExecutionsFailed", "ApproximateNumberOfMessagesVisible"} == names


def test_without_a_schedule_there_is_none_of_it(resources: Callable[..., Any]) -> None:
    """No queue, no role, no alarm on dead letters."""
    found = resources(alarms=TransformAlarms(failed_executions=None))

    assert not found.all("Scheduler::Schedule")
    assert not found.all("SQS::Queue")
    assert not found.all("CloudWatch::Alarm")


def test_executions_are_logged_and_traced(plain: Any) -> None:
    """In a log group that the key encrypts, whose name spares the account's resource policy."""
    found = plain
    machine, group = found.one("StepFunctions::StateMachine"), found.one("Logs::LogGroup")

    assert ("ALL", True) == (
        machine["LoggingConfiguration"]["Level"],
        machine["TracingConfiguration"]["Enabled"],
    )
    assert "/aws/vendedlogs/states/night" == group["LogGroupName"]
    assert "KmsKeyId" in group


def test_a_grant_grants_what_its_name_says(
    transform: Callable[..., BatchTransform], resources_of: Any
) -> None:
    """Starting is one thing, the data another."""
    from aws_cdk import aws_iam as iam  # noqa: PLC0415 - after Node was found

    made = transform()
    stack: Any = made.node.scope
    starter, analyst = (
        iam.Role(stack, name, assumed_by=iam.AccountRootPrincipal()) for name in ("Starter", "Analyst")
    )
    made.grant_start(starter)
    made.grant_read_write_data(analyst)
    found = resources_of(stack)

    assert ["states:StartExecution"] == [each["Action"] for each in found.statements("Starter")]
    assert "/transform/night/in/*" in str(found.statement("Analyst", actions.PUT_OBJECT)["Resource"])
    assert "/transform/night/out/*" in str(found.statement("Analyst", actions.GET_OBJECT)["Resource"])


def test_events_of_executions_can_be_routed(
    transform: Callable[..., BatchTransform], resources_of: Any
) -> None:
    """They also tell of executions that somebody aborted, which no state of the machine can."""
    made = transform()
    made.on_execution_status_change("Aborted", statuses=["ABORTED"])
    pattern = resources_of(made.node.scope).one("Events::Rule")["EventPattern"]

    assert ["ABORTED"] == pattern["detail"]["status"]
    assert ["aws.states"] == pattern["source"]


def test_fails_on_a_model_below_a_prefix(new_stack: Any, new_model: Any) -> None:
    """Also when the model was built in Python."""
    stack = new_stack()
    model = new_model(stack, artifact=ModelArtifact.from_uri("s3://models/ocr/"))

    with pytest.raises(FleetRefused, match="cannot read a model below a prefix"):
        BatchTransform(stack, "Night", model=model, instance_type="ml.m5.large")


def test_nothing_is_left_for_the_policy_pack(
    transform: Callable[..., BatchTransform], findings_of: Any
) -> None:
    """With everything that can be had."""
    made = transform(**CSV, schedule=NIGHTLY)

    assert [] == findings_of(made.node.scope)


def test_the_keywords_are_those_of_the_spec() -> None:
    """One vocabulary, the same defaults."""
    parameters = inspect.signature(vars(BatchTransform)["__init__"]).parameters.values()
    keywords = {each.name: each.default for each in parameters if each.kind is each.KEYWORD_ONLY}
    fields = {name: each for name, each in BatchTransformSpec.model_fields.items() if name != "kind"}

    assert fields.keys() == keywords.keys() - LIVE
    assert {
        name: each.default for name, each in fields.items() if name not in {"model", "instance_type"}
    } == {name: keywords[name] for name in fields if name not in {"model", "instance_type"}}


def test_from_spec_gives_the_constructor_everything(new_stack: Any, new_model: Any) -> None:
    """What a fleet file says arrives unchanged."""
    stack = new_stack()
    model = new_model(stack)
    spec = BatchTransformSpec(
        model=model.spec,
        instance_type="ml.c5.xlarge",
        instance_count=3,
        **CSV,
        max_payload_in_mb=2,
        schedule=NIGHTLY,
        alarms=TransformAlarms(failed_executions=None),
        tags={"team": "vision"},
    )

    assert spec == BatchTransform.from_spec(stack, "Night", spec, model=model).spec


def test_every_metric_has_a_method() -> None:
    """Named after the metric of AWS."""
    methods = {name for name in vars(TransformMetrics) if name.startswith("metric_")}
    words = {fact.name: fact for fact in published_by("batch-transform")}

    assert len(words) == len(methods)
    assert {name.lower() for name in words} == {
        name.removeprefix("metric_").replace("_", "") for name in methods
    }
