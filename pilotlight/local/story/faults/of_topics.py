"""Faults of the notification topics."""

from __future__ import annotations

from pilotlight.local.story.looking import topic
from pilotlight.local.story.scene import Scene


def no_success_subscription(scene: Scene) -> None:
    """Nobody listens to the topic of answers."""
    _unsubscribe(scene, "SuccessTopic")


def no_error_subscription(scene: Scene) -> None:
    """Nobody listens to the topic of failures."""
    _unsubscribe(scene, "ErrorTopic")


def _unsubscribe(scene: Scene, kind: str) -> None:
    arn = topic(scene, scene.starter.endpoint(scene.ticket_intent), kind)
    sns = scene.client("sns")
    for subscription in sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]:
        sns.unsubscribe(SubscriptionArn=subscription["SubscriptionArn"])
