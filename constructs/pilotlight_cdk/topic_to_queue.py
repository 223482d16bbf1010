"""Lets topics fill a queue."""

from __future__ import annotations

from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from pilotlight.catalog import actions


def subscribe(
    scope: Construct, id: str, *, topic: sns.ITopic, queue: sqs.IQueue, dead_letter_queue: sqs.IQueue
) -> sns.CfnSubscription:
    """Subscribe a queue to a topic; what SNS cannot deliver goes to the dead-letter queue.

    The L2 subscription would write the topic into the policy of the queue's key, which the topic refers to:
    a circle when both are in one stack. `customer_key` lets SNS use the key instead.
    """
    for each in (queue, dead_letter_queue):
        each.add_to_resource_policy(_may_send(topic, each))
    return sns.CfnSubscription(
        scope,
        id,
        topic_arn=topic.topic_arn,
        protocol="sqs",
        endpoint=queue.queue_arn,
        redrive_policy={"deadLetterTargetArn": dead_letter_queue.queue_arn},
    )


def _may_send(topic: sns.ITopic, queue: sqs.IQueue) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        principals=[iam.ServicePrincipal("sns.amazonaws.com")],
        actions=[actions.SEND_MESSAGE],
        resources=[queue.queue_arn],
        conditions={"ArnEquals": {"aws:SourceArn": topic.topic_arn}},
    )
