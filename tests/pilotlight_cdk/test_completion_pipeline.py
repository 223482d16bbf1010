"""Each request's end reaches the table: topics, queue, functions, and what happens when something fails."""

from __future__ import annotations

from typing import Any

import pytest

from pilotlight.catalog import status_table as fact
from pilotlight_cdk import Notify


@pytest.fixture(scope="module")
def pipeline(new_stack, new_endpoint) -> Any:
    """A stack with an endpoint that has a status table."""
    stack = new_stack("Pipeline")
    new_endpoint(stack, notify=Notify(status_table=True))
    return stack


@pytest.fixture(scope="module")
def resources(pipeline, resources_of) -> Any:
    """Its resources."""
    return resources_of(pipeline)


def function(resources: Any, name: str) -> dict[str, Any]:
    """The function of a service name."""
    (only,) = [
        each
        for each in resources.all("Lambda::Function")
        if each["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"] == f"pilotlight-{name}"
    ]
    return only


def queue_id(resources: Any) -> str:
    """The logical id of the queue that has a dead-letter queue."""
    (only,) = [
        logical_id
        for logical_id, each in resources.by_id.items()
        if "RedrivePolicy" in each.get("Properties", {}) and each["Type"] == "AWS::SQS::Queue"
    ]
    return only


def dead_letters_id(resources: Any) -> str:
    """The logical id of its dead-letter queue."""
    return resources.by_id[queue_id(resources)]["Properties"]["RedrivePolicy"]["deadLetterTargetArn"][
        "Fn::GetAtt"
    ][0]


def test_both_topics_fill_one_queue(resources) -> None:
    """What SNS cannot deliver goes to the dead-letter queue, too."""
    subscriptions = resources.all("SNS::Subscription")

    assert 2 == len({each["TopicArn"]["Ref"] for each in subscriptions})
    assert [queue_id(resources)] * 2 == [each["Endpoint"]["Fn::GetAtt"][0] for each in subscriptions]
    assert [dead_letters_id(resources)] * 2 == [
        each["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0] for each in subscriptions
    ]


def test_only_these_topics_may_send(resources) -> None:
    """SNS may use the queues on behalf of the endpoint's two topics."""
    topics = {each["TopicArn"]["Ref"] for each in resources.all("SNS::Subscription")}
    for policy in resources.all("SQS::QueuePolicy"):
        allowed = [each for each in policy["PolicyDocument"]["Statement"] if each["Effect"] == "Allow"]
        assert topics == {each["Condition"]["ArnEquals"]["aws:SourceArn"]["Ref"] for each in allowed}


def test_one_bad_message_does_not_hold_up_its_batch(resources) -> None:
    """The function reports what failed; only that is tried again."""
    mapping = resources.one("Lambda::EventSourceMapping")

    assert ["ReportBatchItemFailures"] == mapping["FunctionResponseTypes"]
    assert 2 <= mapping["ScalingConfig"]["MaximumConcurrency"] <= 1000


def test_a_message_stays_hidden_while_it_is_worked_on(resources) -> None:
    """Six times the function's timeout, as AWS advises."""
    queue = resources.by_id[queue_id(resources)]["Properties"]

    assert 6 * function(resources, "completion")["Timeout"] <= queue["VisibilityTimeout"]


def test_dead_letters_are_kept_for_as_long_as_sqs_can(resources) -> None:
    """Fourteen days to find out what was wrong."""
    assert 14 * 86400 == resources.by_id[dead_letters_id(resources)]["Properties"]["MessageRetentionPeriod"]


@pytest.mark.parametrize(
    ("name", "variables"),
    [("completion", fact.COMPLETION_ENVIRONMENT), ("sweeper", fact.SWEEPER_ENVIRONMENT)],
)
def test_a_function_finds_what_it_reads_from_its_environment(
    name: str, variables: tuple[str, ...], resources
) -> None:
    """The variables are those of its handler, no more and no fewer."""
    given = {*function(resources, name)["Environment"]["Variables"]}

    assert {*variables, "POWERTOOLS_SERVICE_NAME"} == given


@pytest.mark.parametrize("name", ["completion", "sweeper"])
def test_functions_run_on_the_newest_python_on_arm(name: str, resources) -> None:
    """The runtime that AwsSolutions asks for, on the cheaper processors."""
    found = function(resources, name)

    assert ("python3.14", ["arm64"], "handler.handler") == (
        found["Runtime"],
        found["Architectures"],
        found["Handler"],
    )


def test_the_completion_function_may_do_to_the_table_what_it_does(resources) -> None:
    """And put events on the account's default bus."""
    assert [*fact.COMPLETION_TABLE_ACTIONS] == resources.statement("CompletionFunction", "dynamodb:PutItem")[
        "Action"
    ]
    bus = resources.statement("CompletionFunction", "events:PutEvents")["Resource"]
    assert ":event-bus/default" == bus["Fn::Join"][1][-1]


def test_the_sweeper_reads_the_index_and_nothing_else(resources) -> None:
    """It tells the completion function's queue, which does the writing."""
    query = resources.statement("SweeperFunction", "dynamodb:Query")

    assert f"/index/{fact.OVERDUE_INDEX}" == query["Resource"]["Fn::Join"][1][-1]
    assert "dynamodb:PutItem" not in str(resources.statements("SweeperFunction"))


def test_the_sweeper_runs_every_five_minutes(resources) -> None:
    """A schedule starts it with a role that may do that alone; a run that fails becomes a dead letter."""
    schedule = resources.one("Scheduler::Schedule")
    sweeper = schedule["Target"]["Arn"]["Fn::GetAtt"][0]
    (statement,) = resources.statements("ScheduleRole")

    assert "rate(5 minutes)" == schedule["ScheduleExpression"]
    assert ("lambda:InvokeFunction", {"Fn::GetAtt": [sweeper, "Arn"]}) == (
        statement["Action"],
        statement["Resource"],
    )
    dead_letters = function(resources, "sweeper")["DeadLetterConfig"]["TargetArn"]["Fn::GetAtt"][0]
    assert dead_letters_id(resources) == dead_letters


def test_logs_are_encrypted_and_do_not_stay_for_ever(resources) -> None:
    """Each function has its own log group."""
    groups = resources.all("Logs::LogGroup")

    assert 2 == len(groups)
    assert all(each["RetentionInDays"] == 30 and "KmsKeyId" in each for each in groups)


def test_the_table_has_the_keys_of_the_catalogue(resources) -> None:
    """Functions, stack and emulator agree on them through the catalogue."""
    table = resources.one("DynamoDB::Table")
    (index,) = table["GlobalSecondaryIndexes"]

    assert [{"AttributeName": fact.PARTITION_KEY, "KeyType": "HASH"}] == table["KeySchema"]
    assert fact.TTL_ATTRIBUTE == table["TimeToLiveSpecification"]["AttributeName"]
    assert (fact.OVERDUE_INDEX, {"ProjectionType": "KEYS_ONLY"}) == (index["IndexName"], index["Projection"])
    assert [fact.OVERDUE_INDEX_PARTITION_KEY, fact.OVERDUE_INDEX_SORT_KEY] == [
        key["AttributeName"] for key in index["KeySchema"]
    ]
    assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True


def test_events_can_go_to_another_bus(new_stack, new_endpoint, resources_of) -> None:
    """The bus of the user is named and granted."""
    from aws_cdk import aws_events as events  # noqa: PLC0415 - after Node was found

    stack = new_stack()
    bus = events.EventBus.from_event_bus_arn(
        stack, "Bus", "arn:aws:events:us-east-1:123456789012:event-bus/ours"
    )
    new_endpoint(stack, notify=Notify(status_table=True), event_bus=bus)
    resources = resources_of(stack)

    assert "ours" == function(resources, "completion")["Environment"]["Variables"]["EVENT_BUS"]
    assert bus.event_bus_arn == resources.statement("CompletionFunction", "events:PutEvents")["Resource"]


def test_without_a_status_table_there_is_no_pipeline(new_stack, new_endpoint, resources_of) -> None:
    """The topics alone cost nothing."""
    stack = new_stack()
    endpoint = new_endpoint(stack)

    assert endpoint.completion is None
    assert [] == resources_of(stack).all("Lambda::Function")


def test_the_whole_endpoint_has_no_finding(pipeline, findings_of) -> None:
    """AwsSolutionsChecks finds nothing that is not acknowledged where it stands."""
    assert [] == findings_of(pipeline)
