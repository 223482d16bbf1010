"""Lambda functions of the running emulator: what they log becomes metrics, what fails arrives somewhere."""

from __future__ import annotations

import io
import json
import time
import zipfile
from typing import Any

import pytest

from tests.waiting import wait_until

pytestmark = pytest.mark.thorough

CODE = """
import json, time

def handler(event, context):
    if event.get("detail", {}).get("fail"):
        raise RuntimeError("on purpose")
    directive = {"Namespace": "Mine", "Dimensions": [["of"]], "Metrics": [{"Name": "Runs", "Unit": "Count"}]}
    metadata = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]}
    print(json.dumps({"_aws": metadata, "of": "test", "Runs": 3}))
"""


@pytest.fixture
def function(stacks: Any) -> str:
    """A function that writes a metric, or fails: then its event goes to the queue `failed`, at once."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("index.py", CODE)
    client = stacks.client("lambda")
    arn: str = client.create_function(
        FunctionName="logging",
        Runtime="python3.12",
        Handler="index.handler",
        Role="arn:aws:iam::123456789012:role/any",
        Code={"ZipFile": archive.getvalue()},
    )["FunctionArn"]
    stacks.client("sqs").create_queue(QueueName="failed")
    failed = {"OnFailure": {"Destination": "arn:aws:sqs:us-east-1:123456789012:failed"}}
    client.put_function_event_invoke_config(
        FunctionName="logging", MaximumRetryAttempts=0, DestinationConfig=failed
    )
    return arn


def test_metrics_in_logs_and_failed_events(stacks: Any, function: str) -> None:
    """Both kinds of event start the function in the background, as AWS does."""
    events = stacks.client("events")
    events.put_rule(Name="mine", EventPattern=json.dumps({"source": ["mine"]}))
    events.put_targets(Rule="mine", Targets=[{"Id": "1", "Arn": function}])
    for detail in ({"fail": False}, {"fail": True}):
        entry = {"Source": "mine", "DetailType": "test", "Detail": json.dumps(detail)}
        events.put_events(Entries=[entry])

    assert [3.0] == wait_until("a metric", lambda: published(stacks))
    queue = stacks.client("sqs").get_queue_url(QueueName="failed")["QueueUrl"]
    (message,) = wait_until(
        "a failed event",
        lambda: stacks.client("sqs").receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages"),
    )
    failed = json.loads(message["Body"])
    assert {"fail": True} == failed["requestPayload"]["detail"]
    assert "on purpose" in json.dumps(failed["responsePayload"])


def published(stacks: Any) -> list[float]:
    """The sums of the metric."""
    now = time.time()
    found = stacks.client("cloudwatch").get_metric_statistics(
        Namespace="Mine",
        MetricName="Runs",
        Dimensions=[{"Name": "of", "Value": "test"}],
        StartTime=now - 600,
        EndTime=now + 60,
        Period=3600,
        Statistics=["Sum"],
    )
    return [each["Sum"] for each in found["Datapoints"]]
