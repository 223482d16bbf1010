"""A batch transform as `cdk deploy` leaves it: tickets in, intents beside them, failures retried and told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pilotlight.catalog.batch_transform import JOB_EVENT
from pilotlight.local.deploy import CdkApp
from pilotlight.local.local_aws import LocalAws
from tests.waiting import wait_until

FLEET = """
name: night
endpoints:
  tickets:
    kind: batch-transform
    model: {{framework: scikit-learn, version: "1.4-2", source: {source}}}
    instance_type: ml.m5.large
    input: {{content_type: text/csv, split_type: Line}}
    output: {{accept: text/csv, assemble_with: Line}}
    data_processing: {{input_filter: "$[1]", join_source: Input}}
    max_concurrent_transforms: 4
    retries:
      failed: {{max_attempts: 1, interval: 1s}}
    tags: {{team: support}}
  often:
    kind: batch-transform
    model: {{framework: scikit-learn, version: "1.4-2", source: {source}}}
    instance_type: ml.m5.large
    input: {{content_type: application/json, split_type: Line}}
    output: {{accept: application/json, assemble_with: Line}}
    data_processing: {{join_source: Input, output_filter: "$['id','SageMakerOutput']"}}
    batch_strategy: SingleRecord
    schedule: {{at: rate(1 minute)}}
    notify: {{success: false, failure: false}}
  slow:
    kind: batch-transform
    model: {{framework: scikit-learn, version: "1.4-2", source: slow}}
    instance_type: ml.m5.large
    timeout: 1s
  endless:
    kind: batch-transform
    model: {{framework: scikit-learn, version: "1.4-2", source: slow}}
    instance_type: ml.m5.large
"""
SLOW = '''
"""Thinks for longer than anybody waits."""
import time


def model_fn(model_dir):
    return None


def transform_fn(model, body, content_type, accept):
    time.sleep(3600)
'''
KEYS = ("tickets", "often", "slow", "endless")
TICKETS = """1,Why did you take 49 euros from my account twice?
2,"The app crashes, and I lose my work"
3,How do I change my password?
"""


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    """An embedded AWS, fast enough that no test waits for instances."""
    with LocalAws(tmp_path_factory.mktemp("transform") / "home", time_scale=600) as aws:
        yield aws


@pytest.fixture(scope="module")
def outputs(checkout: Path, aws: LocalAws, deploy: Callable[..., CdkApp]) -> dict[str, dict[str, str]]:
    """Both transforms deployed by the CDK CLI; the outputs of their stacks, by key."""
    source = (checkout / "examples" / "models" / "ticket_intent").relative_to(checkout)
    folder = aws.home.root / "fleet"
    folder.mkdir()
    (folder / "models").symlink_to(checkout / source)
    (folder / "slow" / "code").mkdir(parents=True)
    (folder / "slow" / "code" / "inference.py").write_text(SLOW)
    file = folder / "fleet.yaml"
    file.write_text(FLEET.format(source="models"))
    deploy(aws, file)
    return {key: _outputs(aws, f"Pilotlight-night-{key}") for key in KEYS}


@pytest.fixture(scope="module")
def inbox(aws: LocalAws, outputs: dict[str, dict[str, str]]) -> str:
    """A queue with everything that the topics of the transform and EventBridge tell."""
    sqs, sns, events = aws.client("sqs"), aws.client("sns"), aws.client("events")
    url = sqs.create_queue(QueueName="inbox")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    for topic in sns.list_topics()["Topics"]:
        sns.subscribe(TopicArn=topic["TopicArn"], Protocol="sqs", Endpoint=arn)
    events.put_rule(Name="jobs", EventPattern=json.dumps({"detail-type": [JOB_EVENT]}))
    events.put_targets(Rule="jobs", Targets=[{"Id": "inbox", "Arn": arn}])
    return url


@pytest.mark.shows("batch-transform", "deploys", "invoked")
def test_answers_stand_beside_their_records(
    aws: LocalAws, outputs: dict[str, dict[str, str]], inbox: str
) -> None:
    """The model sees the second column only; the output has all three, in the order of the input."""
    said = outputs["tickets"]
    _put(aws, f"{said['InputUri']}monday/new.csv", TICKETS)
    execution = _run(aws, said["StateMachineArn"])

    assert "SUCCEEDED" == execution["status"], execution.get("cause")
    rows = [*csv.reader(io.StringIO(_get(aws, f"{said['OutputUri']}monday/new.csv.out")))]
    assert [["1", "billing"], ["2", "technical_problem"], ["3", "account_access"]] == [
        [row[0], row[2]] for row in rows
    ]
    assert [row[1] for row in csv.reader(io.StringIO(TICKETS))] == [row[1] for row in rows]
    told = _told(aws, inbox, "the message of a success", lambda each: each.get("status") == "Succeeded")
    job = aws.client("sagemaker").describe_transform_job(TransformJobName=told["job"])
    assert "Completed" == job["TransformJobStatus"]
    assert job["TransformStartTime"] < job["TransformEndTime"]
    event = _told(
        aws,
        inbox,
        "the event of the job's end",
        lambda each: each.get("detail", {}).get("TransformJobStatus") == "Completed",
    )
    assert {"team": "support"}.items() <= event["detail"]["Tags"].items()


def test_a_job_that_fails_is_tried_again_and_told(
    aws: LocalAws, outputs: dict[str, dict[str, str]], inbox: str
) -> None:
    """A ticket without a text: two jobs under names of their own, one message, one count for the alarm."""
    said = outputs["tickets"]
    _put(aws, f"{said['InputUri']}empty.csv", '9," "\n')
    execution = _run(aws, said["StateMachineArn"])
    told = _told(aws, inbox, "the message of a failure", lambda each: each.get("status") == "Failed")
    jobs = aws.client("sagemaker").list_transform_jobs(StatusEquals="Failed")["TransformJobSummaries"]

    assert "FAILED" == execution["status"]
    assert 2 == len(jobs)
    assert {"0", "1"} == {job["TransformJobName"].rpartition("-")[2] for job in jobs}
    assert told["job"] == max(job["TransformJobName"] for job in jobs)
    assert "the model answered 500" in told["cause"]
    assert "empty.csv" in jobs[0]["FailureReason"]
    alarm = _told(aws, inbox, "the alarm", lambda each: "FailedExecutions" in each.get("AlarmName", ""))
    assert "ALARM" == alarm["NewStateValue"]


def test_a_job_that_takes_too_long_is_stopped(
    aws: LocalAws, outputs: dict[str, dict[str, str]], inbox: str
) -> None:
    """Not only forgotten: it would go on and cost; what its model thinks about is not awaited."""
    said = outputs["slow"]
    _put(aws, f"{said['InputUri']}a", "a question")
    execution = _run(aws, said["StateMachineArn"])
    told = _told(
        aws, inbox, "the message of the slow one", lambda each: each.get("transform") == "night-slow"
    )

    def status() -> str:
        job = aws.client("sagemaker").describe_transform_job(TransformJobName=told["job"])
        return str(job["TransformJobStatus"])

    ended = wait_until("the end of the job", status, wanted=lambda each: each != "Stopping")
    assert ("FAILED", "States.Timeout") == (execution["status"], execution["error"])
    assert "States.Timeout" == told["error"]
    assert "Stopped" == ended


def test_an_aborted_execution_stops_its_job(aws: LocalAws, outputs: dict[str, dict[str, str]]) -> None:
    """Somebody stops it in the middle of a request, and nothing is left running."""
    said, states, sagemaker = outputs["endless"], aws.client("stepfunctions"), aws.client("sagemaker")
    _put(aws, f"{said['InputUri']}a", "a question")
    arn = states.start_execution(stateMachineArn=said["StateMachineArn"])["executionArn"]

    def statuses() -> list[str]:
        found = sagemaker.list_transform_jobs(NameContains="night-endless")["TransformJobSummaries"]
        return [job["TransformJobStatus"] for job in found]

    wait_until("a job that runs", statuses, wanted=lambda seen: seen == ["InProgress"])
    states.stop_execution(executionArn=arn)

    wait_until("a job that was stopped", statuses, wanted=lambda seen: seen == ["Stopped"])
    assert "ABORTED" == states.describe_execution(executionArn=arn)["status"]


def test_the_schedule_starts_it(aws: LocalAws, outputs: dict[str, dict[str, str]]) -> None:
    """Within two minutes an execution has run; JSON lines get their answer as an attribute."""
    said = outputs["often"]
    _put(aws, f"{said['InputUri']}a.jsonl", '{"id": 7, "text": "How do I change my password?"}\n')
    states = aws.client("stepfunctions")

    def statuses() -> list[str]:
        found = states.list_executions(stateMachineArn=said["StateMachineArn"])["executions"]
        return [execution["status"] for execution in found]

    wait_until("an execution that has succeeded", statuses, wanted=lambda seen: "SUCCEEDED" in seen)
    (answer,) = [json.loads(line) for line in _get(aws, f"{said['OutputUri']}a.jsonl.out").splitlines()]
    assert 7 == answer["id"]
    assert "account_access" == answer["SageMakerOutput"]["predictions"][0]["intent"]


def _outputs(aws: LocalAws, stack: str) -> dict[str, str]:
    (found,) = aws.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    return {each["OutputKey"]: each["OutputValue"] for each in found["Outputs"]}


def _put(aws: LocalAws, uri: str, text: str) -> None:
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    aws.client("s3").put_object(Bucket=bucket, Key=key, Body=text.encode())


def _get(aws: LocalAws, uri: str) -> str:
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    text: str = aws.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read().decode()
    return text


def _run(aws: LocalAws, state_machine: str) -> dict[str, Any]:
    states = aws.client("stepfunctions")
    arn = states.start_execution(stateMachineArn=state_machine)["executionArn"]

    def execution() -> dict[str, Any]:
        return dict(states.describe_execution(executionArn=arn))

    return wait_until("the end of the execution", execution, wanted=lambda seen: seen["status"] != "RUNNING")


def _told(aws: LocalAws, inbox: str, what: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first message that is wanted; messages of topics and events of rules look different."""
    sqs = aws.client("sqs")

    def message() -> dict[str, Any] | None:
        found = sqs.receive_message(QueueUrl=inbox, MaxNumberOfMessages=10, VisibilityTimeout=1)
        for each in found.get("Messages", ()):
            body = json.loads(each["Body"])
            said = json.loads(body["Message"]) if body.get("Type") == "Notification" else body
            if isinstance(said, dict) and wanted(said):
                return said
        return None

    return wait_until(what, message)
