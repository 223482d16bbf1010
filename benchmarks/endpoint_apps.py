"""Synthesizes endpoints through the constructs and as raw L1s, and prints the seconds of each turn as JSON.

Run: CDK_VALIDATION=false python -m benchmarks.endpoint_apps 100 4
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from aws_cdk import App, Environment, Stack
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns

import pilotlight_cdk as ours  # before aws_cdk: it finds Node
from benchmarks import raw_endpoint as raw
from pilotlight.spec import ConcurrencyScaling

AddEndpoint: TypeAlias = Callable[[Stack, int, str], None]
Prepare: TypeAlias = Callable[[Stack], AddEndpoint]

ENDPOINTS_PER_STACK: Final = 50
"""Fills a stack: eight resources each, and CloudFormation takes 500."""

WARM_UP: Final = 10
"""Endpoints that are synthesized before anything is measured."""

SCALING: Final = ConcurrencyScaling(
    target_per_instance=raw.TARGET_PER_INSTANCE, min_capacity=1, max_capacity=raw.MAX_CAPACITY
)


def synthesized(prepare: Prepare, count: int) -> dict[str, Any]:
    """Build an app of `count` endpoints, and give its templates by the names of their stacks."""
    *_, templates = steps(prepare, count)
    return templates


def steps(prepare: Prepare, count: int) -> Iterator[dict[str, Any]]:
    """Build an app endpoint by endpoint, with nothing to show for each, and give its templates at last."""
    app = App(analytics_reporting=False)
    for _ in endpoints(app, prepare, count):
        yield {}
    yield {each.stack_name: each.template for each in app.synth().stacks}


def endpoints(app: App, prepare: Prepare, count: int) -> Iterator[int]:
    """Add `count` endpoints to an app, one after the other, and the stacks that take them."""
    for first in range(0, count, ENDPOINTS_PER_STACK):
        stack = Stack(app, f"Stack{first}", env=Environment(account=raw.ACCOUNT, region=raw.REGION))
        add_endpoint = prepare(stack)
        for number in range(first, min(first + ENDPOINTS_PER_STACK, count)):
            add_endpoint(stack, number, f"endpoint-{number}")
            yield number


def through_constructs(stack: Stack) -> AddEndpoint:
    """Prepare a stack for endpoints of ours."""
    key = kms.Key.from_key_arn(stack, "Key", raw.KEY_ARN)
    topic = sns.Topic.from_topic_arn(stack, "Alarms", raw.TOPIC_ARN)

    def add(stack: Stack, number: int, endpoint_name: str) -> None:
        model = ours.Model(
            stack,
            f"Model{number}",
            image=ours.ModelImage.from_framework("pytorch", version="2.6", instance_type=raw.INSTANCE_TYPE),
            artifact=ours.ModelArtifact.from_uri(raw.ARTIFACT),
        )
        ours.RealtimeEndpoint(
            stack,
            f"Endpoint{number}",
            model=model,
            instance_type=raw.INSTANCE_TYPE,
            scaling=SCALING,
            endpoint_name=endpoint_name,
            encryption_key=key,
            alarm_topic=topic,
        )

    return add


def as_raw_resources(_stack: Stack) -> AddEndpoint:
    """Prepare nothing."""
    return raw.add_raw_endpoint


SIDES: Final = {"raw": as_raw_resources, "constructs": through_constructs}


def turn(count: int) -> dict[str, float]:
    """Measure both sides endpoint by endpoint, now one first, now the other: a slow moment hits both."""
    under_way = {name: steps(prepare, count) for name, prepare in SIDES.items()}
    seconds = dict.fromkeys(under_way, 0.0)
    for number in range(count + 1):
        for name in list(under_way)[:: -1 if number % 2 else 1]:
            started = time.perf_counter()
            next(under_way[name])
            seconds[name] += time.perf_counter() - started
    return seconds


def main(count: int, times: int) -> None:
    """Print one JSON object per line: a turn's seconds; a first turn of a few endpoints loads the code."""
    turn(WARM_UP)
    for _ in range(times):
        sys.stdout.write(json.dumps(turn(count)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
